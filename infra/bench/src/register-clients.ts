import { ClientRegistrar, generateClientSecret } from '@ac/client-validation'
import { Argon2SecretHasher, HmacSecretMacMaker, pooledRandomBytes } from '@ac/crypto'
import { NO_ORIGIN, Secret, type Log } from '@ac/kernel'
import { openDatabase, PostgresClientRegistry, PostgresClientSecretStore, SessionPool } from '@ac/postgres'
import type { BenchClient } from './workload.ts'

/** What the token of the bare signer says, too. */
const METADATA = { scope: 'bench.read bench.write', region: 'local' }

const CONNECTIONS = 8
const SILENT: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

/**
 * Registers many clients as acctl does, but that all have the hash of one secret that none of them knows: a request that
 * asked argon2 would fail.
 */
export async function registerClients(
  count: number,
  databaseUrl: string,
  hashSecret: Uint8Array,
): Promise<readonly BenchClient[]> {
  const pool = new SessionPool(
    {
      url: new Secret(databaseUrl),
      tls: 'disable',
      ca: undefined,
      poolSize: CONNECTIONS,
      acquireTimeoutMs: 5000,
      statementTimeoutMs: 5000,
      applicationName: 'bench',
    },
    SILENT,
  )
  try {
    const db = openDatabase(pool)
    const hash = await new Argon2SecretHasher().hash(generateClientSecret(pooledRandomBytes))
    const registrar = new ClientRegistrar({
      registry: new PostgresClientRegistry(db, new PostgresClientSecretStore(pool, db)),
      macs: new HmacSecretMacMaker(hashSecret),
      hasher: { hash: () => Promise.resolve(hash), verify: () => Promise.resolve(false) },
      randomBytes: pooledRandomBytes,
      clock: () => new Date(),
    })
    return await registerAll(count, registrar)
  } finally {
    await pool.end()
  }
}

async function registerAll(count: number, registrar: ClientRegistrar): Promise<readonly BenchClient[]> {
  const clients: BenchClient[] = []
  let begun = 0
  const session = async (): Promise<void> => {
    while (begun < count) {
      begun += 1
      const { client, secret } = await registrar.register({ name: `bench ${begun}`, ...METADATA }, 'acctl', NO_ORIGIN)
      clients.push({ client_id: client.id, client_secret: secret.reveal() })
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, session))
  return clients
}
