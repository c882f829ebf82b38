import { happening, mean, ofPods, perSecond, quantile } from '../../promql/expressions.ts'
import type { Row } from '../question.ts'

/** What the service leans on, and what runs at all. */
export const DEPENDENCIES: Row = {
  title: 'Is it the database?',
  questions: [
    {
      title: 'How long do the slowest 1 % of queries take, by operation?',
      advice:
        'The p99 as the service sees it, network included. All slow: the server or the network. One slow: its plan or a lock. A ' +
        'query is cut off at 5 s.',
      shape: 'lines',
      unit: 's',
      queries: [
        { expr: `${quantile(0.99, 'ac_db_query_duration_seconds', ['operation'])} > 0`, legend: '{{operation}}' },
      ],
      limits: { bad: 'above', warning: 0.1, critical: 5 },
      runbooks: ['AC-004-database-connection-failures', 'AC-001-token-issuance-latency'],
    },
    {
      title: 'How many queries do we send per second, by operation?',
      advice:
        'Many token requests share one query, so this grows slower than traffic. A steep rise without traffic: retries ' +
        'against a database that fails.',
      shape: 'areas',
      unit: 'ops',
      queries: [
        {
          expr: happening(perSecond('ac_db_query_duration_seconds_count', 'operation'), 'operation'),
          legend: '{{operation}}',
        },
      ],
      runbooks: ['AC-004-database-connection-failures'],
    },
    {
      title: 'How many audit events are committed together?',
      advice:
        'The mean size of a batch; each token waits for the commit of its batch. It grows with load and with a slow ' +
        'database: beyond its bound requests are turned away.',
      shape: 'lines',
      unit: 'short',
      queries: [{ expr: mean('ac_audit_batch_size', 'pod'), legend: '{{pod}}' }],
      runbooks: ['AC-007-audit-write-failure'],
    },
    {
      title: 'Which version runs?',
      advice:
        'Pods by version. Two versions are right during a roll-out only; compare the time of any change on this page with ' +
        'the last one.',
      shape: 'areas',
      unit: 'short',
      queries: [{ expr: `count by (version) (${ofPods('ac_build_info')})`, legend: '{{version}}' }],
    },
  ],
}
