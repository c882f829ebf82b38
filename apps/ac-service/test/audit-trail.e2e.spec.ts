import { beforeAll, describe, expect, it } from '@jest/globals'
import { decodeJwt } from 'jose'
import type { RegisteredClient } from './registered-client.ts'
import { useService } from './running-service.ts'
import { useServiceDatabase } from './service-database.ts'
import { requestToken } from './token-request.ts'

interface AuditRow {
  readonly type: string
  readonly outcome: string
  readonly reason: string | null
  readonly actor: string | null
  readonly target: string | null
  readonly request_id: string | null
  readonly source: string | null
  readonly trace_id: string | null
  readonly occurred_at: Date
}

const database = useServiceDatabase()
const service = useService(() => database().url, { AC_TRUSTED_PROXIES: '127.0.0.0/8' })

let client: RegisteredClient
beforeAll(async () => {
  client = await database().register({ scope: 'a' })
})

const eventsOf = (column: 'target' | 'actor', value: string) =>
  database().query<AuditRow>(`select * from audit_events where ${column} = $1 order by writer, sequence`, [value])

const issue = async (headers: Record<string, string> = {}) => {
  const { json } = await requestToken(service().api, client, { headers })
  return decodeJwt(json['access_token'] as string)
}

const issuedEvent = async (headers: Record<string, string> = {}) => {
  const { jti = '' } = await issue(headers)
  return (await eventsOf('target', jti))[0]
}

describe('a token that was given out', () => {
  it('has exactly one committed event that names its client and its id', async () => {
    const { jti = '', iat = 0 } = await issue()
    const events = await eventsOf('target', jti)
    expect(events).toHaveLength(1)
    expect(events[0]).toMatchObject({
      type: 'token.issued',
      outcome: 'success',
      reason: null,
      actor: client.id,
      trace_id: null,
      request_id: expect.stringMatching(/^[\w-]{12}-[0-9a-z]+$/),
      source: expect.stringMatching(/^h:[0-9a-f]{16}$/),
    })
    expect(Math.floor((events[0]?.occurred_at.getTime() ?? 0) / 1000)).toBe(iat)
  })

  it('has its own event also when many are given out at once', async () => {
    const claims = await Promise.all(Array.from({ length: 300 }, () => issue()))
    const jtis = claims.map(({ jti }) => jti)
    const rows = await database().query<{ target: string; request_id: string }>(
      `select target, request_id from audit_events where type = 'token.issued' and target = any($1)`,
      [jtis],
    )
    expect(rows).toHaveLength(300)
    expect(new Set(rows.map(({ target }) => target))).toEqual(new Set(jtis))
    expect(new Set(rows.map(({ request_id }) => request_id)).size).toBe(300)
  })

  it('leaves neither itself nor the secret anywhere', async () => {
    const { json } = await requestToken(service().api, client)
    const [, , signature = ''] = String(json['access_token']).split('.')
    const everything = (await database().dump()) + service().process.output
    expect(everything).not.toContain(signature)
    expect(everything).not.toContain(client.secret)
  })
})

describe('the source of an event', () => {
  const from = async (address: string) => (await issuedEvent({ 'x-forwarded-for': address }))?.source

  it('is the same for the same address, and another for another', async () => {
    const [one, again, other] = [await from('192.0.2.1'), await from('192.0.2.1'), await from('192.0.2.2')]
    expect(one).toMatch(/^h:[0-9a-f]{16}$/)
    expect(again).toBe(one)
    expect(other).not.toBe(one)
  })

  it('is never an address', async () => {
    await from('203.0.113.77')
    expect((await database().dump()) + service().process.output).not.toMatch(/203\.0\.113\.77|127\.0\.0\.1/)
  })

  it('takes any text for an address that a trusted proxy hands on', async () => {
    expect(await from('no address at all')).toMatch(/^h:[0-9a-f]{16}$/)
  })
})

describe('the trace of an event', () => {
  const ID = '0af7651916cd43dd8448eb211c80319c'
  it.each([
    ['is that of a traceparent header', `00-${ID}-b7ad6b7169203331-01`, ID],
    ['is that of a later version of the header', `cc-${ID}-b7ad6b7169203331-01-more`, ID],
    ['is absent for an id of zeros', `00-${'0'.repeat(32)}-b7ad6b7169203331-01`, null],
    ['is absent for upper case', `00-${ID.toUpperCase()}-b7ad6b7169203331-01`, null],
    ['is absent for anything else', `x'; drop table audit_events --`, null],
  ])('%s', async (_case, traceparent, expected) => {
    expect((await issuedEvent({ traceparent }))?.trace_id).toBe(expected)
  })
})

describe('a request id', () => {
  it('is never one that the caller chose', async () => {
    expect((await issuedEvent({ 'request-id': 'chosen', 'x-request-id': 'chosen' }))?.request_id).not.toBe('chosen')
  })
})

describe('a refused token', () => {
  it.each([
    ['invalid_scope', { scope: 'b' }],
    ['invalid_target', { resource: 'https://nowhere.test/' }],
  ])('has an event that says %s', async (reason, parameters) => {
    const refused = await database().register({ scope: 'a' })
    await requestToken(service().api, refused, { parameters })
    const events = await eventsOf('actor', refused.id)
    expect(events).toHaveLength(1)
    expect(events[0]).toMatchObject({ type: 'token.refused', outcome: 'failure', reason, target: null })
  })
})

describe('a new installation', () => {
  it('has an event for each of its first keys', async () => {
    const keys = await database().query<{ kid: string }>('select kid from signing_keys')
    const events = (await eventsOf('actor', 'system')).filter(({ type }) => type === 'signing_key.created')
    expect(events).toHaveLength(2)
    expect(new Set(events.map(({ target }) => target))).toEqual(new Set(keys.map(({ kid }) => kid)))
  })
})
