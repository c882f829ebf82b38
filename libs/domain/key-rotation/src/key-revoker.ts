import type { KeyId, Origin } from '@ac/kernel'
import { keyEvent } from './key-event.ts'
import { makeStoredKey, type StoredKeyMakers } from './make-stored-key.ts'
import type { KeySet, KeySetChange, SigningKeyStore } from './ports/signing-key-store.ts'
import { SigningKeyRevoked } from './signing-key-revoked.ts'
import { activated, revoked, waitingKey, type SigningKey, type StoredKey } from './signing-key.ts'
import { UnknownSigningKey } from './unknown-signing-key.ts'

/** What {@link KeyRevoker} needs. */
export interface KeyRevokerDeps extends StoredKeyMakers {
  readonly store: SigningKeyStore
}

/** A key that somebody wants to be trusted no more, and may have revoked. */
export interface RevocationRequest {
  readonly kid: KeyId
  /** Who asks: a client id, or `acctl`. */
  readonly actor: string
}

/** Takes signing keys out of use for good. */
export class KeyRevoker {
  readonly #deps: KeyRevokerDeps

  constructor(deps: KeyRevokerDeps) {
    this.#deps = deps
  }

  /**
   * Revokes a key in any state of its life, and fills the place that it leaves: for the active key the next one signs
   * from now on, however young it is, and another next key is made. A key that a thief may hold must not sign on; that
   * verifiers may not know its heir for some minutes is the price. Concurrent calls take turns; one of them revokes.
   * @returns the key as it is now
   * @throws {UnknownSigningKey} there is no such key
   * @throws {SigningKeyRevoked} it was revoked before
   * @throws {Unavailable} the store or the cipher does not answer
   */
  async revoke(request: RevocationRequest, origin: Origin): Promise<SigningKey> {
    const made = await makeStoredKey(this.#deps)
    return this.#deps.store.change((keySet) => decide(keySet, made, request, origin))
  }
}

function decide(
  { now, keys }: KeySet,
  made: StoredKey,
  { kid, actor }: RevocationRequest,
  origin: Origin,
): KeySetChange<SigningKey> {
  const key = keys.find((candidate) => candidate.kid === kid)
  if (!key) throw new UnknownSigningKey()
  if (key.status === 'revoked') throw new SigningKeyRevoked()
  const act = { actor, origin, at: now }
  const result = revoked(key, now)
  const event = keyEvent(act, 'signing_key.revoked', kid)
  if (key.status === 'retiring') return { result, write: [result], events: [event] }
  const created = keyEvent(act, 'signing_key.created', made.kid)
  const fresh = waitingKey(made, now)
  if (key.status === 'next') return { result, write: [result, fresh], events: [event, created] }
  // A set that lost its next key by hand has only the new one to sign with; the next rotation makes another.
  const waiting = keys.find(({ status }) => status === 'next')
  const heir = activated(waiting ?? fresh, now)
  const rotated = keyEvent(act, 'signing_key.rotated', heir.kid, { reason: 'revocation' })
  return { result, write: [result, heir, ...(waiting ? [fresh] : [])], events: [event, rotated, created] }
}
