import { ISSUANCE_SECONDS, VALIDATION_SECONDS } from '../../objectives.ts'
import { happening, mean, perSecond, quantile } from '../../promql/expressions.ts'
import type { Query, Row } from '../question.ts'

const OUR_FAULT = 'error_category=~"overloaded|database|signing_key|other"'

const quantiles = (histogram: string, ...matchers: readonly string[]): readonly Query[] =>
  [0.5, 0.95, 0.99].map((q) => ({ expr: quantile(q, histogram, [], ...matchers), legend: `p${q * 100}` }))

/** Where the time goes. */
export const LATENCY: Row = {
  title: 'Is it fast?',
  questions: [
    {
      title: 'How long does a token take?',
      advice:
        'From the parsed request to the signed token, its audit event committed. The dashed line is the objective for p99. ' +
        'All three rise: something every request needs is slow, the database or the event loop. Only p99 rises: queues, ' +
        'garbage collection, argon2id.',
      shape: 'lines',
      unit: 's',
      queries: quantiles('ac_token_issuance_duration_seconds', 'status="success"'),
      limits: { bad: 'above', critical: ISSUANCE_SECONDS },
      exemplars: true,
      runbooks: ['AC-001-token-issuance-latency'],
    },
    {
      title: 'How long does validating a token take?',
      advice:
        'Signature, claims and revocation. The dashed line is the objective for p99. It needs the database for revocations ' +
        'only: compare with the duration of queries.',
      shape: 'lines',
      unit: 's',
      queries: quantiles('ac_token_validation_duration_seconds'),
      limits: { bad: 'above', critical: VALIDATION_SECONDS },
      exemplars: true,
      runbooks: ['SLO-validation-latency'],
    },
    {
      title: 'How long do the slowest 1 % of answers take, by endpoint?',
      advice:
        'The p99 of whole HTTP exchanges, reading and refusing included. One endpoint alone is slow: its own queries. All are: ' +
        'the process is short of CPU.',
      shape: 'lines',
      unit: 's',
      queries: [
        { expr: `${quantile(0.99, 'ac_http_request_duration_seconds', ['endpoint'])} > 0`, legend: '{{endpoint}}' },
      ],
      limits: { bad: 'above', critical: ISSUANCE_SECONDS },
      runbooks: ['AC-001-token-issuance-latency'],
    },
    {
      title: 'How long does argon2id take?',
      advice:
        'About 25 ms of a core; more is the wait for a turn. hash: a new secret. verify: a secret whose fast verifier was ' +
        'made under another AC_HASH_SECRET; many of them slow down everybody.',
      shape: 'lines',
      unit: 's',
      queries: [{ expr: mean('ac_argon2_duration_seconds', 'operation'), legend: 'mean of {{operation}}' }],
      runbooks: ['AC-001-token-issuance-latency'],
    },
    {
      title: 'Which faults are ours, by operation and category?',
      advice:
        'What was answered 5xx, by what was asked for and what kept us from it. Start with the tallest; the log lines of the ' +
        'same minute carry the request ids. The mistakes of callers are on the security dashboard.',
      shape: 'areas',
      unit: 'ops',
      queries: [
        {
          expr: happening(perSecond('ac_errors_total', 'operation, error_category', OUR_FAULT), 'operation'),
          legend: '{{operation}}: {{error_category}}',
        },
      ],
      runbooks: ['SLO-issuance-availability', 'AC-004-database-connection-failures'],
    },
    {
      title: 'Which token requests end how?',
      advice:
        'By grant type and outcome. Only the client credentials grant exists: any other grant type is a caller that was ' +
        'configured for another server.',
      shape: 'areas',
      unit: 'ops',
      queries: [
        {
          expr: happening(perSecond('ac_token_issuance_total', 'grant_type, status'), 'grant_type'),
          legend: '{{grant_type}}: {{status}}',
        },
      ],
      runbooks: ['SLO-issuance-availability'],
    },
  ],
}
