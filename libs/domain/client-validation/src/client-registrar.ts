import type { Clock, Origin, Secret, SecretId } from '@ac/kernel'
import { requirePrivileges, type Administrator } from './administration/administrator.ts'
import type { Client } from './client.ts'
import { generateClientId } from './client-id-format.ts'
import { checkClientMetadata, type ClientMetadata } from './client-metadata.ts'
import { newSecret } from './new-secret.ts'
import type { ClientRegistry } from './ports/client-registry.ts'
import type { RandomBytes } from './ports/random-bytes.ts'
import type { SecretHasher } from './ports/secret-hasher.ts'
import type { SecretMacMaker } from './ports/secret-mac-maker.ts'

/** A new client and the one and only sight of its secret. */
export interface Registration {
  readonly client: Client
  readonly secretId: SecretId
  readonly secret: Secret
}

/** What {@link ClientRegistrar} needs. */
export interface ClientRegistrarDeps {
  readonly registry: ClientRegistry
  readonly macs: SecretMacMaker
  readonly hasher: SecretHasher
  readonly randomBytes: RandomBytes
  readonly clock: Clock
}

/** Registers clients. Ids and secrets are made here and nowhere else; none is ever taken from a caller. */
export class ClientRegistrar {
  readonly #deps: ClientRegistrarDeps

  constructor(deps: ClientRegistrarDeps) {
    this.#deps = deps
  }

  /**
   * Registers a client, with its audit event, in one transaction.
   * @throws {InvalidClientMetadata} a field breaks its rule; the first one is named
   * @throws {PrivilegeMissing} the client would have a privileged scope that `by` does not hold
   * @throws {Overloaded} too many hashes are waiting
   * @throws {Unavailable} the storage does not answer; whether the client was registered is not known
   */
  async register(metadata: ClientMetadata, by: Administrator, origin: Origin): Promise<Registration> {
    const { registry, randomBytes, clock } = this.#deps
    const checked = checkClientMetadata(metadata)
    requirePrivileges(by, undefined, checked.scopes)
    const now = clock()
    const client: Client = {
      ...checked,
      id: generateClientId(randomBytes),
      version: 1,
      createdAt: now,
      updatedAt: now,
    }
    const { secret, stored } = await newSecret(client.id, now, this.#deps)
    await registry.add(client, stored, {
      type: 'client.created',
      outcome: 'success',
      reason: undefined,
      occurredAt: now,
      actor: by.id,
      target: client.id,
      origin,
    })
    return { client, secretId: stored.id, secret }
  }
}
