import type { Builder } from '@grafana/grafana-foundation-sdk/cog'
import {
  BigValueColorMode,
  BigValueGraphMode,
  BigValueTextMode,
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  ReduceDataOptionsBuilder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common'
import {
  DashboardLinkBuilder,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type Panel,
} from '@grafana/grafana-foundation-sdk/dashboard'
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus'
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat'
import { PanelBuilder as TimeseriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries'
import { runbookUrl } from '../runbooks.ts'
import { thresholdSteps } from './threshold-steps.ts'
import type { Query, Question } from './question.ts'

/** The reader chooses the data source by a variable, so that one file serves every Grafana. */
export const DATA_SOURCE = { type: 'prometheus', uid: '${datasource}' }

/** Grafana's grid is 24 wide. */
const WIDTH = { figures: 6, lines: 12, areas: 12 } as const
const HEIGHT = { figures: 5, lines: 8, areas: 8 } as const

/** The panel that answers a question. @param id unique in its dashboard */
export function grafanaPanel(question: Question, id: number): Builder<Panel> {
  const { title, advice, shape, unit, queries, runbooks = [] } = question
  const panel = shape === 'figures' ? figures() : lines(question)
  panel
    .id(id)
    .title(title)
    .description(advice)
    .unit(unit)
    .datasource(DATA_SOURCE)
    .span(WIDTH[shape])
    .height(HEIGHT[shape])
    .links(
      runbooks.map((runbook) =>
        new DashboardLinkBuilder(`Runbook ${runbook}`).url(runbookUrl(runbook)).targetBlank(true),
      ),
    )
    .thresholds(new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(thresholdSteps(question.limits)))
  queries.forEach((query, index) => panel.withTarget(target(query, 'ABCDEFGH'.charAt(index), question)))
  return panel
}

const figures = (): StatBuilder =>
  new StatBuilder()
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']).values(false))
    .colorMode(BigValueColorMode.Value)
    .graphMode(BigValueGraphMode.None)
    .textMode(BigValueTextMode.Auto)

function lines({ shape, limits, range }: Question): TimeseriesBuilder {
  const panel = new TimeseriesBuilder()
    .legend(new VizLegendOptionsBuilder().showLegend(true).calcs(['lastNotNull', 'max']))
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi))
    .fillOpacity(shape === 'areas' ? 40 : 0)
    .min(range?.least ?? 0)
  if (range !== undefined) panel.max(range.most)
  if (shape === 'areas') panel.stacking(new StackingConfigBuilder().mode(StackingMode.Normal))
  if (limits !== undefined) {
    panel.thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed))
  }
  return panel
}

function target({ expr, legend }: Query, refId: string, { shape, exemplars = false }: Question): DataqueryBuilder {
  const query = new DataqueryBuilder().refId(refId).expr(expr).legendFormat(legend).datasource(DATA_SOURCE)
  return shape === 'figures' ? query.instant() : query.range().exemplar(exemplars)
}
