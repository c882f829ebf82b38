import type { KeyId, Origin } from '@ac/kernel'
import { keyEvent } from './key-event.ts'
import { makeStoredKey, type StoredKeyMakers } from './make-stored-key.ts'
import type { KeySet, KeySetChange, SigningKeyStore } from './ports/signing-key-store.ts'
import { RotationTooSoon, type RotationLimit } from './rotation-too-soon.ts'
import { activated, retired, waitingKey, type SigningKey, type StoredKey } from './signing-key.ts'

/** How often keys may change, and how long they are published. All in seconds. */
export interface RotationPolicy {
  /** Shortest time that a key signs before a scheduled rotation replaces it. */
  readonly rotationMinIntervalSeconds: number
  /** Shortest time that a key signs before a forced rotation replaces it. */
  readonly forceRotationMinIntervalSeconds: number
  /** How long a key is published before a rotation lets it sign: until every verifier's copy of the key set has it. */
  readonly publicationSeconds: number
  /** How long a replaced key stays published. */
  readonly overlapSeconds: number
}

/** What {@link KeyRotator} needs. */
export interface KeyRotatorDeps extends StoredKeyMakers {
  readonly store: SigningKeyStore
  readonly policy: RotationPolicy
}

/** A rotation that somebody asks for, and may ask for. */
export interface RotationRequest {
  /** Whether it is an emergency, which has a shorter interval. */
  readonly forced: boolean
  /** Who asks: a client id, or `acctl`. */
  readonly actor: string
}

/** A rotation that took place. */
export interface Rotation {
  /** The key that signs from now on. */
  readonly newKeyId: KeyId
  /** The key that signed before; `undefined` if none did, which only happens when keys were changed by hand. */
  readonly oldKeyId: KeyId | undefined
  /** When the old key leaves the published set. */
  readonly oldKeyValidUntil: Date | undefined
}

/** Lets the next key take the place of the active one, not more often than the policy says. */
export class KeyRotator {
  readonly #deps: KeyRotatorDeps

  constructor(deps: KeyRotatorDeps) {
    this.#deps = deps
  }

  /**
   * Promotes the next key, has the active one retire, and makes another next key: all of it or nothing, with its audit
   * events. Of any number of concurrent calls, in all processes, one rotates and the others are refused: what counts as
   * the last rotation is the activation of the key that is active, which every call sees after the one before it. The
   * keys that an installation begins with are not the work of a rotation: the first one waits for nothing.
   * @throws {RotationTooSoon} the interval is not over, or the next key is not published for long enough; the refusal is
   * in the audit trail, and nothing else was changed
   * @throws {Unavailable} the store or the cipher does not answer
   */
  async rotate(request: RotationRequest, origin: Origin): Promise<Rotation> {
    // Before it is known whether it is needed: sealing may take a network's time, and the store must not wait for that.
    const made = await makeStoredKey(this.#deps)
    const outcome = await this.#deps.store.change((keySet) => this.#decide(keySet, made, request, origin))
    if (outcome instanceof RotationTooSoon) throw outcome
    return outcome
  }

  #decide(
    { now, keys }: KeySet,
    made: StoredKey,
    { forced, actor }: RotationRequest,
    origin: Origin,
  ): KeySetChange<Rotation | RotationTooSoon> {
    const act = { actor, origin, at: now }
    const active = keys.find(({ status }) => status === 'active')
    const waiting = keys.find(({ status }) => status === 'next')
    // A set that lost its next key by hand gets one here, and with no active key either it may sign at once.
    const next = waiting ?? waitingKey(made, now)
    const created = keyEvent(act, 'signing_key.created', made.kid)
    const isFirst = waiting !== undefined && isFirstPair(keys)
    const refusal = active && !isFirst ? this.#refusal(active, next, forced, now) : undefined
    if (active && refusal) {
      const reason = { outcome: 'failure', reason: refusal.limit } as const
      const event = keyEvent(act, 'signing_key.rotation_refused', active.kid, reason)
      if (waiting) return { result: refusal, write: [], events: [event] }
      return { result: refusal, write: [next], events: [event, created] }
    }
    const until = active && new Date(now.getTime() + this.#deps.policy.overlapSeconds * 1000)
    return {
      result: { newKeyId: next.kid, oldKeyId: active?.kid, oldKeyValidUntil: until },
      write: [
        ...(active && until ? [retired(active, until)] : []),
        activated(next, now),
        ...(waiting ? [waitingKey(made, now)] : []),
      ],
      events: [keyEvent(act, 'signing_key.rotated', next.kid, { reason: forced ? 'forced' : 'scheduled' }), created],
    }
  }

  /** Why `next` may not take the place of `active` yet, if so. */
  #refusal(active: SigningKey, next: SigningKey, forced: boolean, now: Date): RotationTooSoon | undefined {
    const { policy } = this.#deps
    const interval = forced ? policy.forceRotationMinIntervalSeconds : policy.rotationMinIntervalSeconds
    const waits: readonly (readonly [RotationLimit, number])[] = [
      ['interval', secondsLeft(active.activatedAt ?? active.createdAt, interval, now)],
      ['publication', secondsLeft(next.createdAt, policy.publicationSeconds, now)],
    ]
    const [longest] = waits.toSorted(([, one], [, other]) => other - one)
    if (!longest || longest[1] <= 0) return undefined
    const [limit, seconds] = longest
    return new RotationTooSoon(Math.ceil(seconds), limit)
  }
}

/**
 * Whether these are the keys that an installation begins with: none was replaced yet, and as both were made in one moment,
 * no key set was ever published without the one that waits.
 */
const isFirstPair = ([one, other, ...others]: readonly SigningKey[]): boolean =>
  one !== undefined && one.createdAt.getTime() === other?.createdAt.getTime() && others.length === 0

/** Seconds until `seconds` have passed since `start`; negative when they have. */
const secondsLeft = (start: Date, seconds: number, now: Date): number =>
  seconds - (now.getTime() - start.getTime()) / 1000
