import { Unavailable, type Log } from '@ac/kernel'
import type { KeyRing } from '@ac/key-rotation'
import { Inject, Injectable } from '@nestjs/common'
import { KEY_RING, LOG, READINESS } from '../composition/tokens.ts'
import type { Readiness } from './readiness.ts'

/** Has this process take over the signing keys as they are stored, and tells how that leaves it. */
@Injectable()
export class KeyFollower {
  #last: { readonly kid: string | undefined } | undefined

  constructor(
    @Inject(KEY_RING) private readonly ring: KeyRing,
    @Inject(READINESS) private readonly readiness: Readiness,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /**
   * Resolves when the process publishes and signs with what was stored when this was called. Safe for concurrent calls.
   * @throws {Unavailable} the keys cannot be read; see {@link KeyRing.refresh}
   * @throws {SealedKeyRejected} a key does not open; see {@link KeyRing.refresh}
   */
  async follow(): Promise<void> {
    try {
      await this.ring.refresh()
      this.readiness.databaseIs(true)
    } catch (error) {
      this.readiness.databaseIs(!(error instanceof Unavailable))
      throw error
    } finally {
      this.#tell()
    }
  }

  /**
   * Follows a change that this process has just committed, so that whoever asked for it finds it here. It stands
   * whether or not this works: what fails now is told by the next look, which comes within seconds.
   */
  async followOwnChange(): Promise<void> {
    await this.follow().catch(() => undefined)
  }

  #tell(): void {
    const kid = this.ring.active()?.kid
    this.readiness.signingKeyIs(kid !== undefined)
    const before = this.#last
    this.#last = { kid }
    if (!before || before.kid === kid) return
    if (kid === undefined) this.log.warn('signing with no key any more')
    else this.log.info('signing with another key', { kid })
  }
}
