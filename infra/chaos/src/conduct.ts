import { setTimeout as sleep } from 'node:timers/promises'
import { Experiment, type Fault } from './experiment.ts'
import { checkInvariants, footprints } from './invariants.ts'
import type { Stage } from './stage/stage.ts'
import { Traffic, type Request } from './stage/traffic.ts'

/** A row of the table. */
export interface Finding {
  readonly fault: string
  readonly requests: number
  readonly failed: number
  /** The longest that a request took to fail; 0 when none failed. */
  readonly slowestFailureMs: number
  /** From the end of the damage to the first second without a failure; `undefined` when none came. */
  readonly recoveredAfterMs: number | undefined
  /** A sentence for each promise that was broken. */
  readonly broken: readonly string[]
}

const CALM_MS = 2000
const QUIET_SECOND_MS = 1000
/** Probes and the traffic share two cores with everything else: what is promised is judged with this much leniency. */
const LENIENCY_MS = 500

/** Brings one fault upon the stage under traffic, and sees whether everything that is promised holds. */
export async function conduct(fault: Fault, stage: Stage): Promise<Finding> {
  const before = footprints(stage)
  const { perSecond = 100, byReadiness = false } = fault
  const traffic = new Traffic(stage.replicas, stage.clients, { perSecond, byReadiness })
  const experiment = new Experiment(stage, traffic)
  await sleep(CALM_MS)
  const stopWatching = fault.replicasLive === false ? undefined : experiment.watchPublicPaths()
  await fault
    .run(experiment)
    .catch((error: unknown) => void experiment.broken.push(`the fault itself: ${String(error)}`))
  const limit = fault.recoversWithinMs ?? 5000
  const recoveredAfterMs = await recovery(experiment, limit + 10_000)
  await stopWatching?.()
  await traffic.stop()
  judge(experiment, fault, recoveredAfterMs)
  experiment.broken.push(...(await checkInvariants(stage, traffic, before)))
  const failures = traffic.requests.filter(({ failure }) => failure !== undefined)
  return {
    fault: fault.name,
    requests: traffic.requests.length,
    failed: failures.length,
    slowestFailureMs: slowest(failures),
    recoveredAfterMs,
    broken: [...new Set(experiment.broken)],
  }
}

function judge(experiment: Experiment, fault: Fault, recoveredAfterMs: number | undefined): void {
  const { failsWithinMs = 2000, recoversWithinMs = 5000 } = fault
  const { damageBeganAt, traffic } = experiment
  const early = experiment.due(0, damageBeganAt - LENIENCY_MS).filter(({ failure }) => failure !== undefined)
  experiment.promise(`nothing fails before the damage, yet ${kinds(early)}`, early.length === 0)
  const failures = traffic.requests.filter(({ failure }) => failure !== undefined)
  const late = failures.filter(({ latencyMs }) => latencyMs > failsWithinMs + LENIENCY_MS)
  experiment.promise(`a request fails within ${failsWithinMs} ms, yet ${kinds(late)}`, late.length === 0)
  const inTime = recoveredAfterMs !== undefined && recoveredAfterMs <= recoversWithinMs + LENIENCY_MS
  experiment.promise(`recovered within ${recoversWithinMs} ms`, inTime)
}

/** Waits for the first whole second in which nothing fails. */
async function recovery(experiment: Experiment, limitMs: number): Promise<number | undefined> {
  const { damageEndedAt } = experiment
  if (!Number.isFinite(damageEndedAt)) return undefined
  while (performance.now() < damageEndedAt + limitMs) {
    await sleep(100)
    const since = experiment.due(damageEndedAt)
    const failed = since.filter(({ failure }) => failure !== undefined).map(({ dueAt }) => dueAt)
    const lastFailure = Math.max(damageEndedAt, ...failed)
    const answered = since.filter(({ dueAt }) => dueAt > lastFailure)
    const quiet = Math.max(lastFailure, ...answered.map(({ dueAt }) => dueAt)) - lastFailure
    if (quiet >= QUIET_SECOND_MS) return lastFailure - damageEndedAt
  }
  return undefined
}

const slowest = (requests: readonly Request[]): number => Math.max(0, ...requests.map(({ latencyMs }) => latencyMs))

/** `3 status 503, 1 timeout (after 2100 ms)` */
function kinds(requests: readonly Request[]): string {
  const counts = Map.groupBy(requests, ({ failure }) => failure ?? '')
  const text = [...counts].map(([kind, of]) => `${of.length} ${kind}`).join(', ')
  return `${text} (up to ${Math.round(slowest(requests))} ms)`
}
