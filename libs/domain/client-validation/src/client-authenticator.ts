import { clientId, type AuditTrail, type Clock, type Log, type Origin, type Secret } from '@ac/kernel'
import { isLive, MAX_LIVE_SECRETS, type Client, type ClientSecret, type ClientWithSecrets } from './client.ts'
import { parseClientId } from './client-id-format.ts'
import { ClientRejected, type RejectionReason } from './client-rejected.ts'
import { isClientSecret } from './client-secret-format.ts'
import type { ForeignMacCensus } from './foreign-mac-census.ts'
import type { ClientSecretStore } from './ports/client-secret-store.ts'
import type { SecretHasher } from './ports/secret-hasher.ts'
import type { SecretMacMaker } from './ports/secret-mac-maker.ts'
import { USE_RESOLUTION_SECONDS, type SecretUseRecorder } from './ports/secret-use-recorder.ts'

/** What a caller presents as its proof: nothing in it is trusted yet. */
export interface ClientCredentials {
  readonly clientId: string
  readonly secret: Secret
}

/** Longest id that is looked up; a longer one is nobody's, and asks for an id that cannot exist instead. */
const MAX_CLIENT_ID_LENGTH = 128

/** What {@link ClientAuthenticator} needs. */
export interface ClientAuthenticatorDeps {
  readonly store: ClientSecretStore
  readonly macs: SecretMacMaker
  readonly hasher: SecretHasher
  readonly census: ForeignMacCensus
  readonly uses: Pick<SecretUseRecorder, 'note'>
  readonly audit: AuditTrail
  readonly clock: Clock
  readonly log: Log
}

/**
 * Decides whether a caller is the client it says it is.
 *
 * The keyed MAC answers in microseconds. Only a secret whose MAC was made under another key (a rotated or lost
 * `AC_HASH_SECRET`) needs its argon2id hash, and gets a new MAC when that matches.
 *
 * Every rejection costs the same. While any secret in the database needs argon2id, each rejected attempt pays for
 * {@link MAX_LIVE_SECRETS} hashes, whether the client exists or not; while none does, no attempt pays for any.
 */
export class ClientAuthenticator {
  readonly #deps: ClientAuthenticatorDeps

  constructor(deps: ClientAuthenticatorDeps) {
    this.#deps = deps
  }

  /**
   * The client that `credentials` prove.
   * @throws {ClientRejected} they prove nothing; the audit event of that is committed
   * @throws {Overloaded} a queue on the way is full
   * @throws {Unavailable} the storage or the audit trail does not answer
   */
  async authenticate(credentials: ClientCredentials, origin: Origin): Promise<Client> {
    const { store, macs, clock } = this.#deps
    const id = clientId(credentials.clientId.length > MAX_CLIENT_ID_LENGTH ? '' : credentials.clientId)
    const found = await store.find(id)
    const presented = macs.make(id, credentials.secret)
    const now = clock()
    const live = (found?.secrets ?? []).filter((secret) => isLive(secret, now))
    const enabled = found !== undefined && !found.client.disabled
    const provedByMac = live.find(({ mac }) => macs.same(presented, mac))
    if (enabled && provedByMac) {
      this.#noteUse(provedByMac, now)
      return found.client
    }
    // From here on a rejection is likely, and all of them cost the same: a disabled client's right secret, too.
    const match = await this.#matchByHash(credentials.secret, live, enabled)
    if (enabled && match) {
      await this.#renewMac(match, presented)
      this.#noteUse(match, now)
      return found.client
    }
    const reason = rejectionReason(found, (provedByMac ?? match) !== undefined, () =>
      (found?.secrets ?? []).some(({ mac }) => macs.same(presented, mac)),
    )
    await this.#recordFailure(credentials.clientId, reason, now, origin)
    throw new ClientRejected(reason)
  }

  /** The secret of `live` whose hash matches. Unless it may `stopAtMatch`, it costs the same whatever it finds. */
  async #matchByHash(
    secret: Secret,
    live: readonly ClientSecret[],
    stopAtMatch: boolean,
  ): Promise<ClientSecret | undefined> {
    const { hasher, macs, census } = this.#deps
    const foreign = live.filter(({ mac }) => mac.keyId !== macs.keyId)
    if (foreign.length > 0) census.met()
    // What was not made here is nobody's secret: turning it away unhashed tells nothing about any client.
    if (!census.any() || !isClientSecret(secret.reveal())) return undefined
    let match: ClientSecret | undefined
    for (let slot = 0; slot < MAX_LIVE_SECRETS; slot++) {
      const candidate = foreign[slot]
      const matches = await hasher.verify(candidate?.hash ?? census.decoyHash, secret)
      if (candidate && matches) match = candidate
      if (match && stopAtMatch) break
    }
    return match
  }

  /** Not being able to write the new MAC costs the next request another hash, and is no reason to refuse this one. */
  async #renewMac(secret: ClientSecret, mac: ClientSecret['mac']): Promise<void> {
    try {
      await this.#deps.store.replaceMac(secret.id, mac)
    } catch {
      this.#deps.log.warn('could not renew the MAC of a client secret', { secret_id: secret.id })
    }
  }

  /** The stored time is fresh, whichever process wrote it: between two writes a use costs no more than this look. */
  #noteUse({ id, lastUsedAt }: ClientSecret, now: Date): void {
    const known = lastUsedAt && now.getTime() - lastUsedAt.getTime() < USE_RESOLUTION_SECONDS * 1000
    if (!known) this.#deps.uses.note(id, now)
  }

  #recordFailure(claimedId: string, reason: RejectionReason, occurredAt: Date, origin: Origin): Promise<void> {
    return this.#deps.audit.record({
      type: 'client.authentication_failed',
      outcome: 'failure',
      reason,
      occurredAt,
      actor: undefined,
      // A mistyped request may carry a secret where the id belongs: only what has the form of an id is kept.
      target: parseClientId(claimedId),
      origin,
    })
  }
}

function rejectionReason(
  found: ClientWithSecrets | undefined,
  proved: boolean,
  matchesExpired: () => boolean,
): RejectionReason {
  if (!found) return 'unknown_client'
  if (proved) return 'disabled'
  return matchesExpired() ? 'expired_secret' : 'wrong_secret'
}
