import { secretId, type ClientId, type Clock, type Origin, type Secret, type SecretId } from '@ac/kernel'
import type { Client } from './client.ts'
import { generateClientId } from './client-id-format.ts'
import { checkClientMetadata, type ClientMetadata } from './client-metadata.ts'
import { generateClientSecret } from './client-secret-format.ts'
import { randomBase62 } from './base62.ts'
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
   * @param actor who asked for it: a client id, or `acctl`
   * @throws {InvalidClientMetadata} a field breaks its rule; the first one is named
   * @throws {Overloaded} too many hashes are waiting
   * @throws {Unavailable} the storage does not answer; whether the client was registered is not known
   */
  async register(metadata: ClientMetadata, actor: ClientId | 'acctl', origin: Origin): Promise<Registration> {
    const { registry, macs, hasher, randomBytes, clock } = this.#deps
    const checked = checkClientMetadata(metadata)
    const now = clock()
    const client: Client = {
      ...checked,
      id: generateClientId(randomBytes),
      disabled: false,
      createdAt: now,
      updatedAt: now,
    }
    const secret = generateClientSecret(randomBytes)
    const stored = {
      id: secretId(`sec_${randomBase62(22, randomBytes)}`),
      hash: await hasher.hash(secret),
      mac: macs.make(client.id, secret),
      createdAt: now,
      expiresAt: undefined,
      lastUsedAt: undefined,
    }
    await registry.add(client, stored, {
      type: 'client.created',
      outcome: 'success',
      reason: undefined,
      occurredAt: now,
      actor,
      target: client.id,
      origin,
    })
    return { client, secretId: stored.id, secret }
  }
}
