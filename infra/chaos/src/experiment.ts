import { setTimeout as sleep } from 'node:timers/promises'
import { until, type Stage } from './stage/stage.ts'
import type { Request, Traffic } from './stage/traffic.ts'

/** Something that goes wrong, and what the service promises then. */
export interface Fault {
  /** As the table names it. */
  readonly name: string
  /** Token requests per second meanwhile; 100 unless given. */
  readonly perSecond?: number
  /** Whether requests go to ready replicas only, as through a Service of Kubernetes. */
  readonly byReadiness?: boolean
  /** A request that fails does so within this time; 2 s unless given. */
  readonly failsWithinMs?: number
  /** The first second without a failure begins at most this long after the end of the damage; 5 s unless given. */
  readonly recoversWithinMs?: number
  /** Whether every replica lives on and goes on answering what needs no database; `true` unless given. */
  readonly replicasLive?: boolean
  /** Does the damage and undoes it, between {@link Experiment.damage}'s beginning and end. */
  readonly run: (experiment: Experiment) => Promise<void>
}

const PUBLIC_PATHS = ['/.well-known/jwks.json', '/.well-known/oauth-authorization-server']
const WATCH_MS = 250

/** One fault on the stage: what was promised, and which of it did not hold. */
export class Experiment {
  readonly stage: Stage
  readonly traffic: Traffic
  /** A sentence for each promise that was broken. */
  readonly broken: string[] = []
  /** When the damage began and ended, by `performance.now()`. */
  damageBeganAt = Number.POSITIVE_INFINITY
  damageEndedAt = Number.POSITIVE_INFINITY

  constructor(stage: Stage, traffic: Traffic) {
    this.stage = stage
    this.traffic = traffic
  }

  promise(sentence: string, kept: boolean): void {
    if (!kept) this.broken.push(sentence)
  }

  /** Waits for a condition that was promised within a time. */
  async within(limitMs: number, sentence: string, condition: () => Promise<boolean>): Promise<void> {
    const took = await until(condition, limitMs)
    this.promise(`${sentence} within ${limitMs} ms`, took < limitMs)
  }

  /** Does damage, keeps it for as long as `meanwhile` takes, and undoes it. */
  async damage(act: () => unknown, meanwhile: () => Promise<void>, undo: () => unknown): Promise<void> {
    this.damageBeganAt = performance.now()
    try {
      await act()
      await meanwhile()
    } finally {
      await undo()
      this.damageEndedAt = performance.now()
    }
  }

  /** Every replica answers `/ready` with `status`. */
  async everyReplicaIs(status: 200 | 503, withinMs: number): Promise<void> {
    for (const [index, slot] of this.stage.replicas.entries()) {
      await this.within(withinMs, `/ready of replica ${index + 1} is ${status}`, async () => {
        return (await slot.managementStatus('/ready')) === status
      })
    }
  }

  /** Looks again and again whether `/health` and what is public is answered by every replica, until told to stop. */
  watchPublicPaths(): () => Promise<void> {
    let watching = true
    const watch = async (): Promise<void> => {
      while (watching) {
        for (const slot of this.stage.replicas) {
          const health = await slot.managementStatus('/health')
          this.promise('/health is 200 throughout', health === 200)
          for (const path of PUBLIC_PATHS) {
            this.promise(`${path} is 200 throughout`, (await slot.publicStatus(path)) === 200)
          }
        }
        await sleep(WATCH_MS)
      }
    }
    const watched = watch()
    return async () => {
      watching = false
      await watched
    }
  }

  /** The requests that were due in a stretch of time. */
  due(from: number, before = Number.POSITIVE_INFINITY): readonly Request[] {
    return this.traffic.requests.filter(({ dueAt }) => dueAt >= from && dueAt < before)
  }
}
