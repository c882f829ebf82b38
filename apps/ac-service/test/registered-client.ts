import { ClientRegistrar, OPERATOR, type ClientMetadata, type ClientRegistry } from '@ac/client-validation'
import { Argon2SecretHasher, HmacSecretMacMaker, pooledRandomBytes } from '@ac/crypto'
import { NO_ORIGIN } from '@ac/kernel'
import { HASH_SECRET } from './service-environment.ts'

/** What a client knows of itself. */
export interface RegisteredClient {
  readonly id: string
  readonly secret: string
}

/** What a registration says where a test does not care. */
const ORDINARY: ClientMetadata = { name: 'a service', scope: 'meeting:read meeting:write' }

/** As cheap as argon2id may be: how strong the hash is, is not what these tests ask. */
const hasher = new Argon2SecretHasher({ memoryKiB: 64, iterations: 1 })

/** Registers a client the way `acctl` does, for services that run with {@link HASH_SECRET}. */
export async function registerClient(
  registry: ClientRegistry,
  metadata: Partial<ClientMetadata>,
): Promise<RegisteredClient> {
  const registrar = new ClientRegistrar({
    registry,
    macs: new HmacSecretMacMaker(HASH_SECRET),
    hasher,
    randomBytes: pooledRandomBytes,
    clock: () => new Date(),
  })
  const { client, secret } = await registrar.register({ ...ORDINARY, ...metadata }, OPERATOR, NO_ORIGIN)
  return { id: client.id, secret: secret.reveal() }
}
