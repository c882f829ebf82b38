import { happening, ofPods, perSecond, quantile } from '../../promql/expressions.ts'
import type { Row } from '../question.ts'

/** AC_MAX_IN_FLIGHT unless it was changed. */
const MAX_IN_FLIGHT = 200
/** The limits of the StatefulSet. */
const CPU_LIMIT = 2
const MEMORY_LIMIT = 2 * 2 ** 30

/** How near the service is to what it cannot exceed. */
export const SATURATION: Row = {
  title: 'Is it full?',
  questions: [
    {
      title: 'How many requests are under way in each pod?',
      advice:
        'Their number on average (seconds spent in requests per second). Beyond AC_MAX_IN_FLIGHT, 200 unless changed, ' +
        'requests are shed. Add replicas when all pods are high; when one is, look at its database connections.',
      shape: 'lines',
      unit: 'short',
      queries: [{ expr: perSecond('ac_http_request_duration_seconds_sum', 'pod'), legend: '{{pod}}' }],
      limits: { bad: 'above', warning: MAX_IN_FLIGHT / 2, critical: MAX_IN_FLIGHT },
      runbooks: ['SLO-issuance-availability'],
    },
    {
      title: 'Which requests do we turn away, and why?',
      advice:
        'Answered 503 with Retry-After before any work was done. in_flight and event_loop: add replicas. database_queue: find out ' +
        'why it is slow before adding load to it.',
      shape: 'areas',
      unit: 'reqps',
      queries: [{ expr: happening(perSecond('ac_load_shedding_total', 'reason'), 'reason'), legend: '{{reason}}' }],
      runbooks: ['SLO-issuance-availability'],
    },
    {
      title: 'How late does the event loop run?',
      advice:
        'The p99 of its delay. Above 50 ms every request waits for the CPU of this one process: look at CPU and garbage ' +
        'collection, then add replicas.',
      shape: 'lines',
      unit: 's',
      queries: [{ expr: `max by (pod) (${ofPods('nodejs_eventloop_lag_p99_seconds')})`, legend: '{{pod}}' }],
      limits: { bad: 'above', warning: 0.05, critical: 0.2 },
      runbooks: ['AC-001-token-issuance-latency'],
    },
    {
      title: 'Is a CPU full?',
      advice:
        'Cores in use. JavaScript runs on one, signatures and argon2id on others; the limit is 2. Near 2 the kernel ' +
        'throttles the pod: add replicas.',
      shape: 'lines',
      unit: 'short',
      queries: [{ expr: perSecond('process_cpu_seconds_total', 'pod'), legend: '{{pod}}' }],
      limits: { bad: 'above', warning: 0.75 * CPU_LIMIT, critical: 0.95 * CPU_LIMIT },
      runbooks: ['AC-001-token-issuance-latency'],
    },
    {
      title: 'Does memory grow?',
      advice:
        'Resident memory, and the JavaScript heap in use. A saw-tooth is healthy; a floor that climbs for hours is a leak: ' +
        'restart one pod, keep a heap snapshot of another. The pod is killed at 2 GiB.',
      shape: 'lines',
      unit: 'bytes',
      queries: [
        { expr: `max by (pod) (${ofPods('process_resident_memory_bytes')})`, legend: '{{pod}} resident' },
        { expr: `max by (pod) (${ofPods('nodejs_heap_size_used_bytes')})`, legend: '{{pod}} heap' },
      ],
      limits: { bad: 'above', warning: 0.5 * MEMORY_LIMIT, critical: 0.9 * MEMORY_LIMIT },
      runbooks: ['AC-009-no-scrape'],
    },
    {
      title: 'How much time goes into garbage collection?',
      advice:
        'The share of each second in which JavaScript stands still for it. Above 5 % something allocates too much: compare ' +
        'with traffic and with the last deployment.',
      shape: 'lines',
      unit: 'percentunit',
      queries: [{ expr: perSecond('nodejs_gc_duration_seconds_sum', 'pod'), legend: '{{pod}}' }],
      limits: { bad: 'above', warning: 0.05, critical: 0.2 },
      runbooks: ['AC-001-token-issuance-latency'],
    },
    {
      title: 'Are the database connections used up?',
      advice:
        'Of each pod, by state; there are AC_DB_POOL_SIZE, 20 unless changed. Waiting requests for more than a moment: ' +
        'queries are slow, or the pool is too small for this database.',
      shape: 'areas',
      unit: 'short',
      queries: [{ expr: `sum by (state) (${ofPods('ac_db_pool_connections', 'state!="max"')})`, legend: '{{state}}' }],
      runbooks: ['AC-004-database-connection-failures'],
    },
    {
      title: 'How long do requests wait for a database connection?',
      advice:
        'After AC_DB_ACQUIRE_TIMEOUT_MS, one second unless changed, they are answered 503. Look at the duration of queries ' +
        'first: a bigger pool does not make a slow database faster.',
      shape: 'lines',
      unit: 's',
      queries: [0.5, 0.99].map((q) => ({
        expr: quantile(q, 'ac_db_pool_acquire_duration_seconds', []),
        legend: `p${q * 100}`,
      })),
      limits: { bad: 'above', warning: 0.1, critical: 1 },
      runbooks: ['AC-004-database-connection-failures'],
    },
  ],
}
