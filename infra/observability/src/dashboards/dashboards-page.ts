import { formatValue } from '../pictures/format-value.ts'
import { runbookFile } from '../runbooks.ts'
import type { DashboardPlan, Question, Row } from './question.ts'

const INTRODUCTION = `# Dashboards

Three dashboards for Grafana, written as code in [infra/observability](../../infra/observability) and
generated into [infra/grafana/dashboards](../../infra/grafana/dashboards). This page is generated from the same code:
\`npm run dashboards\` writes both. Each panel is the answer to a question; its description, below and in Grafana, says what
to do with the answer, and its links lead to the runbooks.

Import the files, or mount them for Grafana's file provisioning. At the top of each dashboard: the data source (any
Prometheus), namespace, job and pod. They need the labels \`namespace\` and \`pod\` on each target, as the Prometheus operator
sets them, and the rules of [infra/prometheus/rules](../../infra/prometheus/rules) for all that speaks of objectives.

The pictures show every panel, drawn from the answers of a real Prometheus that watched two real replicas under mixed load;
the database was killed on the way. \`npm run dashboards:pictures\` takes them anew. In them an hour of the rules passes in
two minutes.
`

/** The picture of a dashboard, beside this page. */
export const pictureFile = ({ uid }: DashboardPlan): string => `docs/observability/${uid}.svg`

/** From the root of the repository. */
export const DASHBOARDS_PAGE = 'docs/observability/dashboards.md'

/** The page about the dashboards, in Markdown. */
export const dashboardsPage = (plans: readonly DashboardPlan[]): string =>
  [INTRODUCTION, ...plans.map(section)].join('\n')

const section = (plan: DashboardPlan): string =>
  [
    `## ${plan.title}`,
    `${plan.description} File: [${plan.uid}.json](../../infra/grafana/dashboards/${plan.uid}.json).`,
    '',
    `![Every panel of ${plan.uid}](${plan.uid}.svg)`,
    '',
    ...plan.rows.map(rowTable),
  ].join('\n')

const rowTable = ({ title, questions }: Row): string =>
  [
    `### ${title}`,
    '| question | what the answer means | limits | runbooks |',
    '|---|---|---|---|',
    ...questions.map((question) => `| ${cells(question).join(' | ')} |`),
    '',
  ].join('\n')

const cells = ({ title, advice, limits, unit, runbooks = [] }: Question): readonly string[] => [
  title,
  advice,
  (['warning', 'critical'] as const)
    .flatMap((level) => {
      const value = limits?.[level]
      return value === undefined ? [] : [`${level} ${limits?.bad} ${formatValue(value, unit)}`]
    })
    .join(', '),
  runbooks.map((runbook) => `[${runbook}](../../${runbookFile(runbook)})`).join(', '),
]
