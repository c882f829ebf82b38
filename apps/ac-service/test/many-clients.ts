import { generateClientId, generateClientSecret } from '@ac/client-validation'
import { HmacSecretMacMaker, pooledRandomBytes } from '@ac/crypto'
import type { RegisteredClient } from './registered-client.ts'
import type { ServiceDatabase } from './service-database.ts'
import { HASH_SECRET } from './service-environment.ts'

/** In the place of a hash: no secret can ever match it. */
const NO_HASH = 'not a hash'

/** Puts `count` clients into the database at once. Their MACs are right; their hashes are none at all. */
export async function insertClientsWithoutHashes(
  database: ServiceDatabase,
  count: number,
): Promise<readonly RegisteredClient[]> {
  const macs = new HmacSecretMacMaker(HASH_SECRET)
  const clients = Array.from({ length: count }, () => {
    const id = generateClientId(pooledRandomBytes)
    const secret = generateClientSecret(pooledRandomBytes)
    const { mac } = macs.make(id, secret)
    return { id, secret: secret.reveal(), mac: Buffer.from(mac).toString('hex') }
  })
  await database.query(
    `with given as (select * from json_to_recordset($1::json) as (id text, mac text)), client as (
       insert into clients
       select id, 'one of many', null, null, '{a}', '{}', '{}', 'client_secret_basic', null, false, now(), now() from given)
     insert into client_secrets
     select 'sec_' || id, id, $2, decode(mac, 'hex'), $3, now(), null, null from given`,
    [JSON.stringify(clients), NO_HASH, macs.keyId],
  )
  return clients.map(({ id, secret }) => ({ id, secret }))
}
