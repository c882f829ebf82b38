import { setTimeout as sleep } from 'node:timers/promises'
import { Unavailable, type Log } from '@ac/kernel'
import type { KeyInitialiser, KeyRing } from '@ac/key-rotation'
import { Inject, Injectable } from '@nestjs/common'
import { KEY_INITIALISER, KEY_RING, LOG, STORAGE } from '../composition/tokens.ts'
import { backOffMs } from './back-off.ts'
import { StateLog } from './state-log.ts'
import { SchemaOutdated, type Storage } from './storage.ts'

/** Makes everything ready that the API needs, however long the database takes to come. */
@Injectable()
export class Preparation {
  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    @Inject(KEY_RING) private readonly ring: KeyRing,
    @Inject(KEY_INITIALISER) private readonly keys: KeyInitialiser,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /**
   * Resolves when the first request can be served; retries for ever while the database is away or not migrated.
   * The stored keys are opened before anything is written.
   * @throws {SealedKeyRejected} the stored signing keys do not open: the master key is wrong, and no retry helps
   * @throws {AbortSignal.reason} `signal` was aborted while waiting
   */
  async complete(signal: AbortSignal): Promise<void> {
    const state = new StateLog(this.log)
    const stopped = rejectedBy(signal)
    for (let attempt = 1; ; attempt++) {
      try {
        await Promise.race([this.#attempt(), stopped])
        state.over('the database is ready')
        return
      } catch (error) {
        state.holds(conditionOf(error), causeOf(error))
      }
      await sleep(backOffMs(attempt), undefined, { signal })
    }
  }

  async #attempt(): Promise<void> {
    await this.storage.check()
    await this.ring.refresh()
    if (this.ring.published().length === 0 && (await this.keys.initialise())) {
      this.log.info('made the first signing keys of this installation')
    }
    await this.ring.refresh()
    await this.storage.maintain()
    await this.storage.countForeignMacs()
  }
}

/** Rejects when `signal` is aborted: a database that hangs must not hold up the end. */
function rejectedBy(signal: AbortSignal): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>()
  promise.catch(() => undefined)
  if (signal.aborted) reject(signal.reason as Error)
  signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
  return promise
}

/** What the operator is told while we wait; an error that waiting does not mend is thrown on. */
function conditionOf(error: unknown): string {
  if (error instanceof Unavailable) return 'the database does not answer; trying again'
  if (error instanceof SchemaOutdated) return 'the database is not migrated yet (acctl migrate); trying again'
  throw error
}

function causeOf(error: unknown): string | undefined {
  return error instanceof Error && error.cause instanceof Error ? error.cause.message : undefined
}
