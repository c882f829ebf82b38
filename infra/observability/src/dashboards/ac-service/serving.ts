import { CRITICAL_BURN_RATE, ISSUANCE_SECONDS } from '../../objectives.ts'
import { happening, ofPods, perSecond, quantile, totalPerSecond } from '../../promql/expressions.ts'
import type { Row } from '../question.ts'

const TOKEN_REQUESTS = 'endpoint="/oauth2/token"'
const SERVER_ERRORS = 'status_code=~"5.."'

/** The first look: whether there is a problem at all. */
export const SERVING: Row = {
  title: 'Do callers get their tokens?',
  questions: [
    {
      title: 'How many tokens do we issue per second?',
      advice:
        'Tokens that left the service. Compare with the same hour of yesterday: a drop without errors means that callers ' +
        'do not reach us, so look at their network and at "How many replicas are scraped?".',
      shape: 'figures',
      unit: 'ops',
      queries: [{ expr: totalPerSecond('ac_token_issuance_total', 'status="success"'), legend: 'tokens' }],
      runbooks: ['SLO-issuance-availability'],
    },
    {
      title: 'What share of token requests do we fail?',
      advice:
        'Answers 5xx to token requests. Above 0.1 % the error budget shrinks, above 1 % it burns ten times too fast. ' +
        'Errors by cause are below; a lost database and shed load are the usual ones.',
      shape: 'figures',
      unit: 'percentunit',
      queries: [
        {
          expr:
            totalPerSecond('ac_http_requests_total', TOKEN_REQUESTS, SERVER_ERRORS) +
            ` / (${totalPerSecond('ac_http_requests_total', TOKEN_REQUESTS)} > 0)`,
          legend: 'failed',
        },
      ],
      limits: { bad: 'above', warning: 0.001, critical: 0.001 * CRITICAL_BURN_RATE },
      runbooks: ['SLO-issuance-availability', 'AC-004-database-connection-failures'],
    },
    {
      title: 'How long do the slowest 1 % of tokens take?',
      advice:
        'The p99 of issuance. Above 350 ms the objective is missed. Go on to the latency by step below: database, wait for a ' +
        'connection, event loop, argon2id.',
      shape: 'figures',
      unit: 's',
      queries: [{ expr: quantile(0.99, 'ac_token_issuance_duration_seconds', [], 'status="success"'), legend: 'p99' }],
      limits: { bad: 'above', critical: ISSUANCE_SECONDS },
      runbooks: ['AC-001-token-issuance-latency', 'SLO-issuance-latency'],
    },
    {
      title: 'How many replicas are scraped?',
      advice:
        'Processes whose metrics Prometheus reads. Fewer than are deployed: some are down, or the network policy keeps ' +
        'Prometheus out; nothing else on this page speaks of those.',
      shape: 'figures',
      unit: 'short',
      queries: [{ expr: `sum(${ofPods('up')})`, legend: 'replicas' }],
      limits: { bad: 'below', critical: 1 },
      runbooks: ['AC-009-no-scrape'],
    },
    {
      title: 'How many requests do we answer per second, by endpoint?',
      advice:
        'All requests, whatever the answer. Introspection that grows faster than tokens: a resource server does not verify ' +
        'tokens by itself. `other` is every path that the service does not have.',
      shape: 'areas',
      unit: 'reqps',
      queries: [
        { expr: happening(perSecond('ac_http_requests_total', 'endpoint'), 'endpoint'), legend: '{{endpoint}}' },
      ],
      runbooks: ['AC-005-rate-limit-abuse'],
    },
    {
      title: 'What do we answer, by status?',
      advice:
        'Answers 4xx are mistakes of callers, 5xx are ours. 401: wrong credentials, see the security dashboard. 429: too many of ' +
        'them. 503: shed load or a lost database.',
      shape: 'areas',
      unit: 'reqps',
      queries: [
        {
          expr: happening(perSecond('ac_http_requests_total', 'status_code'), 'status_code'),
          legend: '{{status_code}}',
        },
      ],
      runbooks: ['SLO-issuance-availability'],
    },
  ],
}
