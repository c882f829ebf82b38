import { beforeAll, describe, expect, it } from '@jest/globals'
import { eventually } from './eventually.ts'
import type { RegisteredClient } from './registered-client.ts'
import { useService } from './running-service.ts'
import { useServiceDatabase } from './service-database.ts'
import { requestToken, type ReadAnswer } from './token-request.ts'

const database = useServiceDatabase()
/** What {@link ServiceDatabase.register} registers was registered under the secret before this one. */
const service = useService(() => database().url, { AC_HASH_SECRET: Buffer.alloc(48, 'n').toString('base64') })

interface StoredSecret {
  readonly id: string
  readonly hash: string
  readonly mac: Buffer
  readonly mac_key_id: string
}

const storedSecretOf = async ({ id }: RegisteredClient) => {
  const rows = await database().query<StoredSecret>('select * from client_secrets where client_id = $1', [id])
  if (!rows[0]) throw new Error('the client has no secret')
  return rows[0]
}

let spare: RegisteredClient
beforeAll(async () => {
  spare = await database().register()
})

describe('after AC_HASH_SECRET was replaced', () => {
  it('a client still gets its token, and its MAC is renewed, and nothing else', async () => {
    const client = await database().register()
    const before = await storedSecretOf(client)
    expect((await requestToken(service().api, client)).status).toBe(200)
    const { mac, mac_key_id, ...rest } = await storedSecretOf(client)
    expect(mac_key_id).not.toBe(before.mac_key_id)
    expect(mac.equals(before.mac)).toBe(false)
    expect({ ...rest, mac: before.mac, mac_key_id: before.mac_key_id }).toEqual(before)
  })

  it('the second request needs the hash no more', async () => {
    const client = await database().register()
    await requestToken(service().api, client)
    await database().query(`update client_secrets set hash = 'not a hash' where client_id = $1`, [client.id])
    expect((await requestToken(service().api, client)).status).toBe(200)
  })

  it('the first request cannot do without the hash', async () => {
    const client = await database().register()
    await database().query(`update client_secrets set hash = 'not a hash' where client_id = $1`, [client.id])
    expect((await requestToken(service().api, client)).status).toBe(401)
  })

  it('a client may come for many tokens at once', async () => {
    const client = await database().register()
    const answers = await Promise.all(Array.from({ length: 40 }, () => requestToken(service().api, client)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  })

  it('whoever proves nothing gets the same answer as ever, byte by byte', async () => {
    const [client, disabled] = [await database().register(), await database().register()]
    await database().query('update clients set disabled = true where client_id = $1', [disabled.id])
    const visible = ({ status, headers, text }: ReadAnswer) => ({
      status,
      text,
      headers: [...headers].filter(([name]) => name !== 'date'),
    })
    const refused = [
      { id: client.id, secret: spare.secret },
      { id: client.id, secret: 'made somewhere else' },
      { id: 'svc_0000000000000000000000', secret: spare.secret },
      disabled,
    ]
    const answers = await Promise.all(refused.map((wrong) => requestToken(service().api, wrong)))
    expect(answers[0]?.status).toBe(401)
    for (const answer of answers) expect(visible(answer)).toEqual(visible(answers[0] as ReadAnswer))
  })

  it('a rejected attempt changes nothing that is stored', async () => {
    const client = await database().register()
    const before = await storedSecretOf(client)
    await requestToken(service().api, { id: client.id, secret: spare.secret })
    expect(await storedSecretOf(client)).toEqual(before)
  })

  it('more clients than can be hashed at once are asked to come back, and then served', async () => {
    const client = await database().register()
    const wrong = { id: client.id, secret: spare.secret }
    const answers = await Promise.all(Array.from({ length: 200 }, () => requestToken(service().api, wrong)))
    const statuses = new Set(answers.map(({ status }) => status))
    expect(statuses).toEqual(new Set([401, 503]))
    for (const { headers } of answers.filter(({ status }) => status === 503)) {
      expect(headers.get('retry-after')).toMatch(/^\d+$/)
    }
    await eventually('the client is served', async () => (await requestToken(service().api, client)).status === 200)
  })
})
