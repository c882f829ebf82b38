import { AuditChain } from '@ac/audit'
import { ClientRegistrar, generateClientSecret, OPERATOR } from '@ac/client-validation'
import { Argon2SecretHasher, HmacChainKey, HmacSecretMacMaker, pooledRandomBytes } from '@ac/crypto'
import { NO_ORIGIN } from '@ac/kernel'
import { AuditedTransactions, openDatabase, PostgresClientRegistry, PostgresClientSecretStore } from '@ac/postgres'
import { openPool } from './open-pool.ts'

/** What a client knows of itself. */
export interface RegisteredClient {
  readonly client_id: string
  readonly client_secret: string
}

interface Where {
  readonly databaseUrl: string
  readonly hashSecret: Uint8Array
  /** `bench.read bench.write` unless given. */
  readonly scope: string | undefined
}

const CONNECTIONS = 8
const clock = (): Date => new Date()

/**
 * Registers many clients as acctl does, but that all have the hash of one secret that none of them knows: a request that
 * asked argon2 would fail.
 */
export async function registerClients(
  count: number,
  { databaseUrl, hashSecret, scope = 'bench.read bench.write' }: Where,
): Promise<readonly RegisteredClient[]> {
  const pool = openPool(databaseUrl, CONNECTIONS)
  try {
    const db = openDatabase(pool)
    const chain = new AuditChain({ key: new HmacChainKey(hashSecret), randomBytes: pooledRandomBytes, clock })
    const transactions = new AuditedTransactions(db, chain)
    const hash = await new Argon2SecretHasher().hash(generateClientSecret(pooledRandomBytes))
    const registrar = new ClientRegistrar({
      registry: new PostgresClientRegistry(db, new PostgresClientSecretStore(pool, db), transactions),
      macs: new HmacSecretMacMaker(hashSecret),
      hasher: { hash: () => Promise.resolve(hash), verify: () => Promise.resolve(false) },
      randomBytes: pooledRandomBytes,
      clock,
    })
    return await registerAll(count, scope, registrar)
  } finally {
    await pool.end()
  }
}

async function registerAll(
  count: number,
  scope: string,
  registrar: ClientRegistrar,
): Promise<readonly RegisteredClient[]> {
  const clients: RegisteredClient[] = []
  let begun = 0
  const session = async (): Promise<void> => {
    while (begun < count) {
      begun += 1
      const metadata = { name: `testbed ${begun}`, scope, region: 'local' }
      const { client, secret } = await registrar.register(metadata, OPERATOR, NO_ORIGIN)
      clients.push({ client_id: client.id, client_secret: secret.reveal() })
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, session))
  return clients
}
