import { beforeAll, describe, expect, it } from '@jest/globals'
import { AdminApi } from './admin-api.ts'
import type { RegisteredClient } from './registered-client.ts'
import { useService } from './running-service.ts'
import { useServiceDatabase } from './service-database.ts'
import { requestToken, type ReadAnswer } from './token-request.ts'

const PATH = '/api/v1/admin/audit-events'

const database = useServiceDatabase()
const service = useService(() => database().url)
let admin: AdminApi
let client: RegisteredClient

interface Shown {
  readonly type: string
  readonly actor: string | null
  readonly target: string | null
  readonly reason: string | null
  readonly occurred_at: string
}

const list = (query = ''): Promise<ReadAnswer> => admin.call('GET', `${PATH}${query}`)
const events = ({ json }: ReadAnswer): readonly Shown[] => json['events'] as readonly Shown[]

beforeAll(async () => {
  admin = await AdminApi.as(await database().register({ scope: 'admin:services' }), service())
  client = await database().register()
  for (let count = 0; count < 5; count += 1) await requestToken(service().api, client)
  await requestToken(service().api, { ...client, secret: 'wrong' })
})

describe('the audit trail over HTTP', () => {
  it('shows what happened, newest first, and nothing of secrets or addresses', async () => {
    const answer = await list()
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store'])
    const shown = events(answer)
    const times = shown.map(({ occurred_at }) => occurred_at)
    expect(times).toEqual(times.toSorted((one, other) => other.localeCompare(one)))
    expect(shown[0]).toMatchObject({ type: 'client.authentication_failed', reason: 'wrong_secret', target: client.id })
    for (const secret of [client.secret, '127.0.0.1', 'eyJ']) expect(answer.text).not.toContain(secret)
  })

  it('tells by type, client and time', async () => {
    expect(events(await list(`?client=${client.id}&type=token.issued`))).toHaveLength(5)
    const of = events(await list(`?client=${client.id}`))
    expect(of.every(({ actor, target }) => actor === client.id || target === client.id)).toBe(true)
    const [newest] = of
    const from = encodeURIComponent(newest?.occurred_at ?? '')
    expect(events(await list(`?client=${client.id}&until=${from}`))).toHaveLength(of.length - 1)
    expect(events(await list('?until=2001-01-01T00:00:00Z'))).toEqual([])
  })

  it('gives every event once, page by page', async () => {
    const all = events(await list(`?client=${client.id}`)).map((event) => JSON.stringify(event))
    const paged: string[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const more: string = cursor === '' ? '' : `&cursor=${cursor}`
      const page = await list(`?client=${client.id}&limit=2${more}`)
      paged.push(...events(page).map((event) => JSON.stringify(event)))
      cursor = page.json['next_cursor'] as string | null
    }
    expect(paged).toEqual(all)
  })

  it.each([
    'type=nothing',
    'type=',
    'client=svc_short',
    'from=yesterday',
    'from=2026-02-30T00:00:00Z',
    'until=2026-03-01',
    'limit=101',
    'limit=0',
    'cursor=forged',
    'order=asc',
    'type=token.issued&type=token.issued',
  ])('refuses %s without a word of it', async (query) => {
    const answer = await list(`?${query}`)
    expect([answer.status, answer.json['error']]).toEqual([400, 'invalid_request'])
    expect(answer.text).not.toMatch(/yesterday|svc_short|forged/)
  })

  it('refuses a cursor under another filter', async () => {
    const { json } = await list(`?client=${client.id}&limit=2`)
    expect((await list(`?limit=2&cursor=${String(json['next_cursor'])}`)).status).toBe(400)
  })

  it('needs admin:services at the issuer', async () => {
    const other = await AdminApi.as(await database().register({ scope: 'introspect:any' }), service())
    expect((await other.call('GET', PATH)).status).toBe(403)
    const anybody = await fetch(`${service().api}${PATH}`)
    expect([anybody.status, anybody.headers.get('www-authenticate')]).toEqual([401, expect.stringMatching(/^Bearer /)])
  })
})
