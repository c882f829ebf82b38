import type { ClientId, Clock, Secret, SecretId } from '@ac/kernel'
import { requirePrivileges } from './administrator.ts'
import { eventOf, requireVersion, type AdministrativeAct } from './client-administrator.ts'
import { isLive, MAX_LIVE_SECRETS, type ClientSecret, type ClientWithSecrets } from '../client.ts'
import { InvalidGrace, MAX_GRACE_SECONDS } from './invalid-grace.ts'
import { newSecret, type NewSecretDeps } from '../new-secret.ts'
import type { ClientChange, ClientRegistry, SecretChanges } from '../ports/client-registry.ts'
import { SecretRotationPending } from './secret-rotation-pending.ts'
import { UnknownClient } from '../unknown-client.ts'
import { UnknownSecret } from './unknown-secret.ts'

/** A new secret, the one and only sight of it, and what becomes of the one that it replaces. */
export interface Rotation {
  readonly secretId: SecretId
  readonly secret: Secret
  /** When the secret that was there before ends, which may be now; `undefined` if there was no live one. */
  readonly previousExpiresAt: Date | undefined
}

/** What {@link SecretRotator} needs. */
export interface SecretRotatorDeps extends NewSecretDeps {
  readonly registry: Pick<ClientRegistry, 'get' | 'change'>
  readonly clock: Clock
}

/**
 * Secrets that have expired stay a while, so that the audit trail can tell a late client from a guesser, but no more of
 * them than this: every token request reads all secrets of its client.
 */
const MAX_EXPIRED_SECRETS = 3

/**
 * Replaces and revokes the secrets of clients. To lay hands on the secret of a client takes every privileged scope that
 * the client has: whoever sees its secret is the client.
 */
export class SecretRotator {
  readonly #deps: SecretRotatorDeps

  constructor(deps: SecretRotatorDeps) {
    this.#deps = deps
  }

  /**
   * Gives a client a new secret. The one that it replaces works for `graceSeconds` more, so that the client can change
   * over without an outage; without grace every other secret ends now. Of two concurrent rotations with grace the second
   * is refused; of two without, the later secret remains.
   * @param graceSeconds from 0 to {@link MAX_GRACE_SECONDS}
   * @throws {InvalidGrace} `graceSeconds` is out of its bounds
   * @throws {UnknownClient} there is none of that id
   * @throws {PrivilegeMissing} see {@link requirePrivileges}
   * @throws {ClientChanged} it is not at the version that `act` expects
   * @throws {SecretRotationPending} with grace there would be a third live secret
   * @throws {Overloaded} too many hashes are waiting
   * @throws {Unavailable} the storage does not answer; whether it was rotated is not known
   */
  async rotate(id: ClientId, graceSeconds: number, act: AdministrativeAct): Promise<Rotation> {
    const { registry, clock } = this.#deps
    const inBounds = Number.isInteger(graceSeconds) && graceSeconds >= 0 && graceSeconds <= MAX_GRACE_SECONDS
    if (!inBounds) throw new InvalidGrace()
    const before = await registry.get(id)
    if (!before) throw new UnknownClient()
    // Hashing takes memory and time: what is certain to be refused shall not cost it.
    const now = clock()
    requireRotatable(before, graceSeconds, act, now)
    const { secret, stored } = await newSecret(id, now, this.#deps)
    const endsAt = new Date(now.getTime() + graceSeconds * 1000)
    let previousExpiresAt: Date | undefined
    await registry.change(id, (found) => {
      const live = requireRotatable(found, graceSeconds, act, now)
      previousExpiresAt = live.length > 0 ? endsAt : undefined
      const replaced = live.map((each) => each.id)
      const changes = {
        added: [stored],
        deadlines: graceSeconds > 0 ? replaced.map((each) => ({ id: each, expiresAt: endsAt })) : [],
        // Gone rather than expired: an end that is now would be a little later by a clock that is behind.
        removed: [...(graceSeconds > 0 ? [] : replaced), ...surplus(found, now)],
      }
      return changeOf('client.secret_rotated', found, changes, act, now)
    })
    return { secretId: stored.id, secret, previousExpiresAt }
  }

  /**
   * Ends a secret now, in all processes at once. It may be the client's last one: a leaked secret must not have to wait.
   * @throws {UnknownClient} there is no client of that id
   * @throws {UnknownSecret} the client has no live secret of that id
   * @throws {PrivilegeMissing} see {@link requirePrivileges}
   * @throws {ClientChanged} the client is not at the version that `act` expects
   * @throws {Unavailable} the storage does not answer; whether it was revoked is not known
   */
  async revoke(id: ClientId, secret: SecretId, act: AdministrativeAct): Promise<void> {
    const now = this.#deps.clock()
    await this.#deps.registry.change(id, (found) => {
      requirePrivileges(act.by, id, found.client.scopes)
      requireVersion(found.client, act)
      if (!found.secrets.some((each) => each.id === secret && isLive(each, now))) throw new UnknownSecret()
      const changes = { added: [], deadlines: [], removed: [secret, ...surplus(found, now)] }
      return changeOf('client.secret_revoked', found, changes, act, now)
    })
  }
}

/** @returns the secrets that a rotation replaces: those that are live */
function requireRotatable(
  { client, secrets }: ClientWithSecrets,
  graceSeconds: number,
  act: AdministrativeAct,
  now: Date,
): readonly ClientSecret[] {
  requirePrivileges(act.by, client.id, client.scopes)
  requireVersion(client, act)
  const live = secrets.filter((each) => isLive(each, now))
  if (graceSeconds > 0 && live.length >= MAX_LIVE_SECRETS) throw new SecretRotationPending()
  return live
}

/** The oldest expired secrets, beyond those that are kept. */
const surplus = ({ secrets }: ClientWithSecrets, now: Date): readonly SecretId[] =>
  secrets
    .filter((each) => !isLive(each, now))
    .slice(MAX_EXPIRED_SECRETS)
    .map(({ id }) => id)

const changeOf = (
  type: 'client.secret_rotated' | 'client.secret_revoked',
  { client }: ClientWithSecrets,
  secrets: SecretChanges,
  act: AdministrativeAct,
  now: Date,
): ClientChange => ({
  client: { ...client, version: client.version + 1, updatedAt: now },
  secrets,
  events: [eventOf(type, client, act, now)],
})
