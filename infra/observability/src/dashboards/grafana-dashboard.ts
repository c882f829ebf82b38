import {
  type DashboardLink,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  RowBuilder,
  VariableRefresh,
  type Dashboard,
} from '@grafana/grafana-foundation-sdk/dashboard'
import { DATA_SOURCE, grafanaPanel } from './grafana-panel.ts'
import type { DashboardPlan } from './question.ts'

/** Every process of the service reports it, whatever it does. */
const ALWAYS_THERE = 'ac_build_info'

/** The dashboard as Grafana imports it. The same plan always gives the same JSON. */
export function grafanaDashboard(plan: DashboardPlan): Dashboard {
  const dashboard = new DashboardBuilder(plan.title)
    .uid(plan.uid)
    .description(plan.description)
    .tags(['ac-service'])
    .timezone('utc')
    .refresh('30s')
    .time({ from: plan.from, to: 'now' })
    .tooltip(DashboardCursorSync.Crosshair)
    .withVariable(new DatasourceVariableBuilder('datasource').label('Data source').type('prometheus'))
    .withVariable(variable('namespace', 'Namespace', `label_values(${ALWAYS_THERE}, namespace)`))
    .withVariable(variable('job', 'Job', `label_values(${ALWAYS_THERE}{namespace=~"$namespace"}, job)`))
    .withVariable(variable('pod', 'Pod', `label_values(${ALWAYS_THERE}{namespace=~"$namespace", job=~"$job"}, pod)`))
    .link(
      new DashboardLinkBuilder('The other dashboards')
        .type(DashboardLinkType.Dashboards)
        .tags(['ac-service'])
        .keepTime(true)
        .includeVars(true),
    )
  let id = 0
  for (const { title, questions } of plan.rows) {
    dashboard.withRow(new RowBuilder(title).id((id += 1)))
    for (const question of questions) dashboard.withPanel(grafanaPanel(question, (id += 1)))
  }
  const built = dashboard.build()
  // The builder would hide the links in a menu.
  return { ...built, links: (built.links ?? []).map(withoutPlacement) }
}

function withoutPlacement(link: DashboardLink): DashboardLink {
  const shown = { ...link }
  delete shown.placement
  return shown
}

const variable = (name: string, label: string, query: string): QueryVariableBuilder =>
  new QueryVariableBuilder(name)
    .label(label)
    .datasource(DATA_SOURCE)
    .query(query)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .multi(true)
    .includeAll(true)
    .allValue('.*')
    .current({ selected: true, text: 'All', value: '$__all' })
