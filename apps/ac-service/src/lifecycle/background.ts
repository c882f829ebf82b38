import type { Log } from '@ac/kernel'
import type { KeyRing } from '@ac/key-rotation'
import { Inject, Injectable } from '@nestjs/common'
import { KEY_CHANGES, KEY_RING, LOG, READINESS, STORAGE } from '../composition/tokens.ts'
import type { KeyChanges } from './key-changes.ts'
import { KeyFollower } from './key-follower.ts'
import { PeriodicTask } from './periodic-task.ts'
import type { Readiness } from './readiness.ts'
import { StateLog } from './state-log.ts'
import { StorageWatch } from './storage-watch.ts'
import type { Storage } from './storage.ts'

const SECOND = 1000
const LOOK_MS = SECOND
const KEY_REFRESH_MS = 2 * SECOND
const SECRET_USES_MS = 5 * SECOND
const CENSUS_MS = 30 * SECOND
const CHECKPOINT_MS = 30 * SECOND
const PURGE_MS = 60 * SECOND
const MAINTENANCE_MS = 24 * 3600 * SECOND

/**
 * What goes on beside the requests: looking at the database, following the signing keys, writing when secrets were used,
 * counting foreign MACs, vouching for the audit trail, deleting what is over, making audit partitions.
 */
@Injectable()
export class Background {
  readonly #keys: PeriodicTask
  readonly #checkpoints: PeriodicTask
  readonly #tasks: readonly PeriodicTask[]

  constructor(
    @Inject(KEY_RING) private readonly ring: KeyRing,
    @Inject(KEY_CHANGES) private readonly keyChanges: KeyChanges,
    @Inject(KeyFollower) follower: KeyFollower,
    @Inject(STORAGE) storage: Storage,
    @Inject(StorageWatch) watch: StorageWatch,
    @Inject(READINESS) private readonly readiness: Readiness,
    @Inject(LOG) private readonly log: Log,
  ) {
    this.#keys = this.#task(KEY_REFRESH_MS, 'cannot read the signing keys; the last known ones stay in use', () =>
      follower.follow(),
    )
    this.#checkpoints = this.#task(CHECKPOINT_MS, 'cannot write audit checkpoints', () => storage.checkpoint())
    this.#tasks = [
      new PeriodicTask(LOOK_MS, () => watch.look()),
      this.#keys,
      this.#checkpoints,
      this.#task(SECRET_USES_MS, 'cannot write when client secrets were last used', () => storage.recordSecretUses()),
      this.#task(CENSUS_MS, 'cannot count the client secrets with foreign MACs', () => storage.countForeignMacs()),
      this.#task(PURGE_MS, 'cannot delete what is over', () => storage.purge()),
      this.#task(MAINTENANCE_MS, 'cannot make the next audit partitions', () => storage.maintain()),
    ]
  }

  /** To be called when everything is prepared. */
  start(): void {
    this.readiness.databaseIs(true)
    this.readiness.signingKeyIs(this.ring.active() !== undefined)
    for (const task of this.#tasks) task.start()
    // What a predecessor left without an end is vouched for at once.
    this.#checkpoints.wake()
    this.keyChanges.start(() => this.#keys.wake())
  }

  async stop(): Promise<void> {
    await this.keyChanges.stop()
    await Promise.all(this.#tasks.map((task) => task.stop()))
  }

  #task(everyMs: number, complaint: string, work: () => Promise<void>): PeriodicTask {
    const state = new StateLog(this.log)
    return new PeriodicTask(everyMs, async () => {
      try {
        await work()
        state.over(`over: ${complaint}`)
      } catch (error) {
        state.holds(complaint, error instanceof Error ? error.message : undefined)
      }
    })
  }
}
