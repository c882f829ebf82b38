import { ClientRegistrar, generateClientSecret } from '@ac/client-validation'
import { Argon2SecretHasher, HmacSecretMacMaker, pooledRandomBytes } from '@ac/crypto'
import { NO_ORIGIN } from '@ac/kernel'
import { openDatabase, PostgresClientRegistry, PostgresClientSecretStore } from '@ac/postgres'
import { openPool } from './bench-pool.ts'
import type { BenchClient } from './workload.ts'

/** What the token of the bare signer says, too. */
const METADATA = { scope: 'bench.read bench.write', region: 'local' }

const CONNECTIONS = 8

/**
 * Registers many clients as acctl does, but that all have the hash of one secret that none of them knows: a request that
 * asked argon2 would fail.
 */
export async function registerClients(
  count: number,
  databaseUrl: string,
  hashSecret: Uint8Array,
): Promise<readonly BenchClient[]> {
  const pool = openPool(databaseUrl, CONNECTIONS)
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
