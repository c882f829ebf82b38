import type { DashboardPlan } from '../question.ts'
import { DEPENDENCIES } from './dependencies.ts'
import { LATENCY } from './latency.ts'
import { SATURATION } from './saturation.ts'
import { SERVING } from './serving.ts'

/** For whoever is on call: is it us, and where. */
export const AC_SERVICE: DashboardPlan = {
  uid: 'ac-service',
  title: 'ac-service: how is it?',
  description:
    'Throughput, errors, latency, saturation and the database of ac-service, from the first look down to the cause.',
  from: 'now-1h',
  rows: [SERVING, LATENCY, SATURATION, DEPENDENCIES],
}
