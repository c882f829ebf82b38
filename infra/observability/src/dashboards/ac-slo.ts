import { CRITICAL_BURN_RATE, OBJECTIVES, WARNING_BURN_RATE, type Slo } from '../objectives.ts'
import { happening, perSecond, recorded } from '../promql/expressions.ts'
import type { Runbook } from '../runbooks.ts'
import type { DashboardPlan, Question, Row } from './question.ts'

const RUNBOOKS: readonly Runbook[] = OBJECTIVES.map(({ slo }): Runbook => `SLO-${slo}`)
const BAD_ANSWERS = 'status_code=~"5.."'

/** `max` joins what several services share; each dashboard is usually opened for one. */
const worst = (series: string): string => `max by (slo) (${recorded(series)})`
const least = (series: string): string => `min by (slo) (${recorded(series)})`

const burnRate = (window: string, limit: number, severity: 'critical' | 'warning', advice: string): Question => ({
  title: `How fast does each error budget burn, over ${window}?`,
  advice:
    `At 1x a budget lasts for exactly 30 days. Above the dashed line at ${limit}x, if the short window agrees, the burn ` +
    `alert is ${severity}. ${advice}`,
  shape: 'lines',
  unit: 'suffix:x',
  queries: [{ expr: worst(`slo:ac_burn_rate:ratio${window}`), legend: '{{slo}}' }],
  limits: severity === 'critical' ? { bad: 'above', critical: limit } : { bad: 'above', warning: limit },
  runbooks: RUNBOOKS,
})

const BUDGETS: Row = {
  title: 'Do we keep our promises?',
  questions: [
    {
      title: 'How much of each error budget is left?',
      advice:
        'Of the bad events that 30 days may have, the share that has not happened yet. Below a half: no risky changes. ' +
        'Below nothing: the objective is missed, work on reliability comes first.',
      shape: 'figures',
      unit: 'percentunit',
      queries: [{ expr: least('slo:ac_error_budget_left:ratio30d'), legend: '{{slo}}' }],
      limits: { bad: 'below', warning: 0.5, critical: 0.1 },
      runbooks: RUNBOOKS,
    },
    {
      title: 'What share of events was good, over 30 days?',
      advice:
        'To be compared with the objectives: ' +
        OBJECTIVES.map(({ slo, target }) => `${slo} ${Number((target * 100).toFixed(2))} %`).join(', ') +
        '. Good means what docs/observability/slos.md says.',
      shape: 'figures',
      unit: 'percentunit',
      queries: [{ expr: `1 - ${worst('slo:ac_bad_events:ratio30d')}`, legend: '{{slo}}' }],
      runbooks: RUNBOOKS,
    },
    {
      title: 'How long would each error budget last at the present rate?',
      advice:
        'What is left, divided by how fast it burnt in the last hour; 30 days at most. Hours: act now. Days: this week. An ' +
        'objective without a single bad event in the hour is not shown.',
      shape: 'figures',
      unit: 'dtdurations',
      queries: [
        {
          expr:
            `clamp_max(clamp_min(${least('slo:ac_error_budget_left:ratio30d')}, 0)` +
            ` * 30 * 86400 / (${worst('slo:ac_burn_rate:ratio1h')} > 0), 30 * 86400)`,
          legend: '{{slo}}',
        },
      ],
      limits: { bad: 'below', warning: 6 * 86_400, critical: 3 * 86_400 },
      runbooks: RUNBOOKS,
    },
    {
      title: 'How many alerts of this service fire?',
      advice: 'Firing now, by severity. Alertmanager has the list, with a runbook for each.',
      shape: 'figures',
      unit: 'short',
      queries: [
        {
          expr: `count(${recorded('ALERTS', 'alertstate="firing"', 'severity="critical"')}) or vector(0)`,
          legend: 'critical',
        },
        {
          expr: `count(${recorded('ALERTS', 'alertstate="firing"', 'severity="warning"')}) or vector(0)`,
          legend: 'warning',
        },
      ],
      limits: { bad: 'above', warning: 1 },
    },
    {
      title: 'How did the error budgets go?',
      advice:
        'A cliff is an incident, a slope a slow leak that nobody is paged for. It climbs again when bad days leave the ' +
        'window of 30 days. What is overspent more than twice is drawn at the foot.',
      shape: 'lines',
      unit: 'percentunit',
      queries: [{ expr: `clamp_min(${least('slo:ac_error_budget_left:ratio30d')}, -1)`, legend: '{{slo}}' }],
      range: { least: -1, most: 1 },
      limits: { bad: 'below', critical: 0 },
      runbooks: RUNBOOKS,
    },
    {
      title: 'How many events does each objective count per second?',
      advice:
        'Where there are few events, one bad one weighs much; burn alerts therefore want ten bad events in their window. No ' +
        'line: nobody asked.',
      shape: 'lines',
      unit: 'ops',
      queries: [{ expr: `sum by (slo) (${recorded('slo:ac_events:rate5m')})`, legend: '{{slo}}' }],
    },
  ],
}

const BURN_RATES: Row = {
  title: 'How fast do the error budgets burn?',
  questions: [
    burnRate('1h', CRITICAL_BURN_RATE, 'critical', 'It would use up the budget within three days: act now.'),
    burnRate('5m', CRITICAL_BURN_RATE, 'critical', 'The short window: it falls first when the trouble is over.'),
    burnRate('6h', WARNING_BURN_RATE, 'warning', 'It would use up the budget within six days: find the cause today.'),
    burnRate('30m', WARNING_BURN_RATE, 'warning', 'The short window: it falls first when the trouble is over.'),
  ],
}

const CAUSES: Row = {
  title: 'Which pod spends the budgets?',
  questions: [
    causes('issuance-availability', 'Which pod fails token requests?', 'ac_http_requests_total', [
      'endpoint="/oauth2/token"',
      BAD_ANSWERS,
    ]),
    causes('jwks-availability', 'Which pod serves which part of the JWKS requests?', 'ac_http_requests_total', [
      'endpoint="/.well-known/jwks.json"',
    ]),
  ],
}

function causes(slo: Slo, title: string, counter: string, matchers: readonly string[]): Question {
  return {
    title,
    advice:
      'By pod and status. One pod alone: delete it, its StatefulSet makes a new one. All alike: what they share, the ' +
      'database above all.',
    shape: 'areas',
    unit: 'reqps',
    queries: [
      {
        expr: happening(perSecond(counter, 'pod, status_code', ...matchers), 'pod'),
        legend: '{{pod}} {{status_code}}',
      },
    ],
    runbooks: [`SLO-${slo}`],
  }
}

/** For whoever plans: whether the promises are kept, and how long they still will be. */
export const AC_SLO: DashboardPlan = {
  uid: 'ac-slo',
  title: 'ac-service: are the objectives met?',
  description: 'Error budgets of the four objectives over 30 days, how fast they burn, and which pod burns them.',
  from: 'now-24h',
  rows: [BUDGETS, BURN_RATES, CAUSES],
}
