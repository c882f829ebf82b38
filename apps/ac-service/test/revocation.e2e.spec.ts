import { keyId, NO_ORIGIN } from '@ac/kernel'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { introspect, isActive, revoke, tokenOf } from './about-token.ts'
import { eventually } from './eventually.ts'
import { keyLife } from './key-life.ts'
import type { RegisteredClient } from './registered-client.ts'
import { startService, type RunningService } from './running-service.ts'
import { useServiceDatabase } from './service-database.ts'
import { claimsOf, stealKey } from './stolen-key.ts'
import { postForm } from './token-request.ts'

const database = useServiceDatabase()

let one: RunningService
let other: RunningService
let client: RegisteredClient
let stranger: RegisteredClient
let monitor: RegisteredClient

beforeAll(async () => {
  client = await database().register()
  stranger = await database().register()
  monitor = await database().register({ scope: 'introspect:any' })
  ;[one, other] = await Promise.all([startService(database().url), startService(database().url)])
})
afterAll(() => Promise.all([one.stop(), other.stop()]))

const token = () => tokenOf(one.api, client)
const events = (jti: string | undefined) =>
  database().query(`select outcome, reason, actor from audit_events where type = 'token.revoked' and target = $1`, [
    jti,
  ])
/** Whether the two replicas call `text` active, the first one first. */
const activeAt = (text: string) => Promise.all([one, other].map(({ api }) => isActive(api, monitor, text)))

describe('revoking a token', () => {
  it('makes it inactive at every replica, at the very next request', async () => {
    const [its, another] = [await token(), await token()]
    expect(await activeAt(its)).toEqual([true, true])
    const { status, text, headers } = await revoke(one.api, client, its)
    expect({ status, text, cache: headers.get('cache-control') }).toEqual({ status: 200, text: '', cache: 'no-store' })
    expect(await activeAt(its)).toEqual([false, false])
    expect(await activeAt(another)).toEqual([true, true])
    expect((await introspect(other.api, client, its)).text).toBe('{"active":false}')
  })

  it('can be repeated, anywhere and at once, and leaves one event', async () => {
    const its = await token()
    const calls = Array.from({ length: 20 }, (_, index) => revoke([one, other][index % 2]?.api ?? '', client, its))
    for (const { status } of await Promise.all(calls)) expect(status).toBe(200)
    expect((await revoke(other.api, client, its)).status).toBe(200)
    expect(await activeAt(its)).toEqual([false, false])
    expect(await events(decodeJwt(its).jti)).toEqual([{ outcome: 'success', reason: null, actor: client.id }])
  })

  it.each(['access_token', 'refresh_token', 'urn:anything', ''])('works whatever the hint: %j', async (hint) => {
    const its = await token()
    expect((await revoke(one.api, client, its, { token_type_hint: hint })).status).toBe(200)
    expect(await activeAt(its)).toEqual([false, false])
  })

  it('works for a client that authenticates by the form', async () => {
    const its = await token()
    const form = new URLSearchParams({ token: its, client_id: client.id, client_secret: client.secret })
    expect((await postForm(`${one.api}/oauth2/revoke`, form)).status).toBe(200)
    expect(await activeAt(its)).toEqual([false, false])
  })

  it('stores no token, only its id', async () => {
    const its = await token()
    await revoke(one.api, client, its)
    const dump = await database().dump()
    expect(dump).toContain(decodeJwt(its).jti)
    expect(dump).not.toContain(its.slice(-40))
    expect(one.process.output + other.process.output).not.toContain(its.slice(-40))
  })
})

describe('what cannot be revoked', () => {
  it('is answered like what is revoked: there is nothing left to do', async () => {
    const its = await token()
    const key = await stealKey(database())
    const none = [
      'no token',
      'x'.repeat(20_000),
      `${its.slice(0, -20)}${'A'.repeat(20)}`,
      key.sign(key.header, claimsOf(its, { iss: 'https://other.test' })),
      key.sign(key.header, claimsOf(its, { iat: 1_700_000_000, exp: 1_700_003_600 })),
      key.sign({ ...key.header, typ: 'JWT' }, claimsOf(its)),
    ]
    for (const text of none) {
      expect(await revoke(one.api, client, text)).toMatchObject({ status: 200, text: '' })
    }
    expect(await activeAt(its)).toEqual([true, true])
    expect(await events(decodeJwt(its).jti)).toEqual([])
  })

  it('is a token by another spelling: neither it nor the token itself', async () => {
    const its = await token()
    for (const text of [`${its}=`, ` ${its}`, `${its}\n`, `${its.replaceAll('-', '+')} `]) {
      expect((await revoke(one.api, client, text)).status).toBe(200)
    }
    expect(await activeAt(its)).toEqual([true, true])
  })

  it('is a token of another client, and he is told (RFC 7009 section 2.1), valid or not', async () => {
    const its = await token()
    const refused = {
      status: 400,
      json: { error: 'unauthorized_client', error_description: 'the token was issued to another client' },
    }
    for (const thief of [stranger, monitor]) expect(await revoke(one.api, thief, its)).toMatchObject(refused)
    expect(await activeAt(its)).toEqual([true, true])
    await revoke(one.api, client, its)
    expect(await revoke(one.api, stranger, its)).toMatchObject(refused)
    const key = await stealKey(database())
    const expired = key.sign(key.header, claimsOf(its, { iat: 1_700_000_000, exp: 1_700_003_600 }))
    expect(await revoke(one.api, stranger, expired)).toMatchObject(refused)
    const denied = { outcome: 'failure', reason: 'not_the_tokens_client' }
    expect(await events(decodeJwt(its).jti)).toEqual(expect.arrayContaining([{ ...denied, actor: stranger.id }]))
  })

  it('is any token for a caller who does not prove who he is', async () => {
    const its = await token()
    expect((await revoke(one.api, { ...client, secret: stranger.secret }, its)).status).toBe(401)
    expect((await postForm(`${one.api}/oauth2/revoke`, `token=${its}`)).status).toBe(401)
    expect(
      (await postForm(`${one.api}/oauth2/revoke`, `token=${its}`, { authorization: `Bearer ${its}` })).status,
    ).toBe(401)
    expect(await activeAt(its)).toEqual([true, true])
  })
})

describe('all tokens of a client, or of everybody,', () => {
  it.each([
    ['of a client', () => client.id as string | null],
    ['of everybody', () => null],
  ])('that were issued before a moment are inactive at every replica: %s', async (_, whose) => {
    const [old, strangers] = [await token(), await tokenOf(one.api, stranger)]
    await database().query(
      `insert into tokens_not_before values ($1, date_trunc('second', clock_timestamp()) + interval '1 second')`,
      [whose()],
    )
    expect(await activeAt(old)).toEqual([false, false])
    expect(await activeAt(strangers)).toEqual(whose() === null ? [false, false] : [true, true])
    await eventually('a new token counts', async () => (await activeAt(await token())).every(Boolean))
    expect(await activeAt(old)).toEqual([false, false])
    await database().query('delete from tokens_not_before')
  })
})

describe('tokens of a key that was replaced', () => {
  it('can be revoked while it is published, and are inactive at once when it is revoked', async () => {
    const { rotator, revoker } = keyLife(database())
    const [its, another] = [await token(), await token()]
    const { kid } = await stealKey(database())
    await rotator.rotate({ forced: true, actor: 'acctl' }, NO_ORIGIN)
    await eventually('both replicas sign with another key', async () => {
      const tokens = await Promise.all([one, other].map(({ api }) => tokenOf(api, client)))
      return tokens.every((text) => decodeProtectedHeader(text).kid !== kid)
    })
    expect((await revoke(other.api, client, its)).status).toBe(200)
    expect(await activeAt(its)).toEqual([false, false])
    expect(await activeAt(another)).toEqual([true, true])
    await revoker.revoke({ kid: keyId(kid), actor: 'acctl' }, NO_ORIGIN)
    expect(await activeAt(another)).toEqual([false, false])
  })
})
