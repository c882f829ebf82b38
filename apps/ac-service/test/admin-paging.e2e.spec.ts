import { beforeAll, describe, expect, it } from '@jest/globals'
import { administrator, type AdminApi, type ShownClient } from './admin-api.ts'
import { insertClientsWithoutHashes } from './many-clients.ts'
import { useTwoServices } from './running-service.ts'
import { useServiceDatabase } from './service-database.ts'

const CLIENTS = '/api/v1/admin/clients'
const database = useServiceDatabase()

const services = useTwoServices(() => database().url)

let admin: AdminApi
let other: AdminApi

beforeAll(async () => {
  const [one, two] = services()
  admin = await administrator(database(), one)
  other = admin.at(two)
  // All of one moment, so that ids alone decide their order.
  await insertClientsWithoutHashes(database(), 237)
})

interface Page {
  readonly clients: readonly ShownClient[]
  readonly next_cursor: string | null
}

async function page(limit: number, cursor: string | null, caller = admin): Promise<Page> {
  const { status, json } = await caller.call('GET', `${CLIENTS}?limit=${limit}${cursor ? `&cursor=${cursor}` : ''}`)
  expect(status).toBe(200)
  return json as unknown as Page
}

/** Every id in the order of the listing, read page by page, at both replicas in turn. */
async function walk(limit: number, between = async (): Promise<unknown> => undefined): Promise<readonly string[]> {
  const ids: string[] = []
  let cursor: string | null = null
  for (let round = 0; round === 0 || cursor !== null; round++) {
    const { clients, next_cursor } = await page(limit, cursor, round % 2 ? other : admin)
    expect(clients.length).toBeLessThanOrEqual(limit)
    ids.push(...clients.map(({ client_id }) => client_id))
    cursor = next_cursor
    await between()
  }
  return ids
}

const inDatabase = async () =>
  (await database().query<{ id: string }>('select client_id as id from clients order by created_at, client_id')).map(
    ({ id }) => id,
  )

describe('the listing of clients', () => {
  it.each([7, 50, 100])('in pages of %i is all clients, each once, in one order at both replicas', async (limit) => {
    expect(await walk(limit)).toEqual(await inDatabase())
  })

  it('gives 50 at a time unless told otherwise', async () => {
    const { json } = await admin.call('GET', CLIENTS)
    expect((json as unknown as Page).clients).toHaveLength(50)
  })

  it('lists none twice and misses none of the old ones while others come and go', async () => {
    const before = await inDatabase()
    const { client_id: doomed } = await admin.create()
    const walked = await walk(10, async () => {
      await admin.create()
      await database().query(
        `insert into clients select 'svc_early' || gen_random_uuid(), 'early', null, null, '{a}', '{}', '{}',
         'client_secret_basic', null, false, now() - interval '1 year', now()`,
      )
      await admin.delete(doomed)
    })
    expect(new Set(walked).size).toBe(walked.length)
    expect(walked).toEqual(expect.arrayContaining(before))
    expect(walked).not.toContain(doomed)
  })

  it('goes on from a client that was deleted after its page', async () => {
    const ids = await inDatabase()
    const first = await page(5, null)
    const last = first.clients.at(-1)?.client_id
    await database().query('delete from clients where client_id = $1', [last])
    const second = await page(5, first.next_cursor)
    expect(second.clients.map(({ client_id }) => client_id)).toEqual(ids.slice(5, 10))
  })

  it('takes a cursor of the service only, unaltered, and one replica takes that of the other', async () => {
    const { next_cursor } = await page(5, null)
    expect((await page(5, next_cursor, other)).clients).toHaveLength(5)
    const cursor = String(next_cursor)
    const altered = [
      cursor.slice(0, -1),
      `${cursor}A`,
      `${cursor}=`,
      cursor.slice(0, 5) + (cursor[5] === 'A' ? 'B' : 'A') + cursor.slice(6),
      cursor.slice(0, -6) + (cursor.endsWith('AAAAAA') ? 'BBBBBB' : 'AAAAAA'),
    ]
    for (const forged of altered) {
      const { status, json } = await admin.call('GET', `${CLIENTS}?cursor=${encodeURIComponent(forged)}`)
      expect({ status, error: json['error'] }).toEqual({ status: 400, error: 'invalid_request' })
    }
  })
})
