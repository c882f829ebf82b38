import { beforeAll, describe, expect, it } from '@jest/globals'
import type { RegisteredClient } from './registered-client.ts'
import { useService } from './running-service.ts'
import { useServiceDatabase } from './service-database.ts'
import { ISSUER } from './service-environment.ts'
import { post, requestToken, type ReadAnswer } from './token-request.ts'

interface AuditRow {
  readonly reason: string
  readonly target: string | null
  readonly actor: string | null
  readonly outcome: string
}

const database = useServiceDatabase()
const service = useService(() => database().url)

const NOBODY = 'svc_0000000000000000000000'
let unknown: RegisteredClient
let wrong: RegisteredClient
let disabled: RegisteredClient
let expired: RegisteredClient

beforeAll(async () => {
  const [good, second, third] = [await database().register(), await database().register(), await database().register()]
  unknown = { id: NOBODY, secret: good.secret }
  wrong = { id: good.id, secret: second.secret }
  disabled = second
  expired = third
  await database().query('update clients set disabled = true where client_id = $1', [disabled.id])
  await database().query(`update client_secrets set expires_at = now() - interval '1 s' where client_id = $1`, [
    expired.id,
  ])
})

/** All of an answer but its date. */
const visible = ({ status, headers, text }: ReadAnswer) => ({
  status,
  text,
  headers: [...headers].filter(([name]) => name !== 'date'),
})

const auditRows = (reason: string) =>
  database().query<AuditRow>(
    `select reason, target, actor, outcome from audit_events
     where type = 'client.authentication_failed' and reason = $1`,
    [reason],
  )

describe('a client that proves nothing', () => {
  it('gets the same answer, byte by byte, whatever is wrong', async () => {
    const refused = [unknown, wrong, disabled, expired]
    const byBasic = await Promise.all(refused.map((client) => requestToken(service().api, client)))
    const byPost = await Promise.all(
      refused.map(({ id, secret }) =>
        post(
          service().api,
          new URLSearchParams({ grant_type: 'client_credentials', client_id: id, client_secret: secret }),
        ),
      ),
    )
    const [first, ...others] = [...byBasic, ...byPost].map(visible)
    expect(first?.status).toBe(401)
    for (const other of others) expect(other).toEqual(first)
  })

  it('is told what a client must be told, and no more', async () => {
    const { json, headers } = await requestToken(service().api, wrong)
    expect(json).toEqual({ error: 'invalid_client', error_description: 'client authentication failed' })
    expect(headers.get('www-authenticate')).toBe(`Basic realm="${ISSUER}"`)
    expect(headers.get('cache-control')).toBe('no-store')
  })

  it('gets that answer for a request without credentials, too', async () => {
    const [anonymous, rejected] = await Promise.all([
      post(service().api, 'grant_type=client_credentials'),
      requestToken(service().api, wrong),
    ])
    expect(visible(anonymous)).toEqual(visible(rejected))
  })

  it('is refused before it learns anything of scopes and resources', async () => {
    const { json } = await requestToken(service().api, wrong, { parameters: { scope: 'no"', resource: 'no' } })
    expect(json['error']).toBe('invalid_client')
  })

  it.each([
    ['unknown_client', () => unknown],
    ['wrong_secret', () => wrong],
    ['disabled', () => disabled],
    ['expired_secret', () => expired],
  ])('is known to the audit trail as %s', async (reason, client) => {
    const before = await auditRows(reason)
    await requestToken(service().api, client())
    const after = await auditRows(reason)
    expect(after).toHaveLength(before.length + 1)
    expect(after.at(-1)).toEqual({ reason, target: client().id, actor: null, outcome: 'failure' })
  })

  it('leaves no secret in the audit trail that it sent in place of its id', async () => {
    const { status } = await requestToken(service().api, { id: wrong.secret, secret: 'x' })
    expect(status).toBe(401)
    expect(await database().dump()).not.toContain(wrong.secret)
    expect(service().process.output).not.toContain(wrong.secret)
  })

  it.each([
    ['an id of 10,000 characters', 'a'.repeat(10_000)],
    ['an id with quotation marks', `' or ''='`],
    ['an id beyond ASCII', 'ключ'],
    ['an id that is an array literal', '{a,b}'],
    ['an id that is a property of every object', '__proto__'],
  ])('may send %s', async (_case, id) => {
    const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: id, client_secret: 'x' })
    expect(visible(await post(service().api, form))).toEqual(visible(await requestToken(service().api, wrong)))
  })

  it('may send a secret of 20,000 characters', async () => {
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: wrong.id,
      client_secret: 's'.repeat(20_000),
    })
    expect((await post(service().api, form)).status).toBe(401)
  })
})

describe('a client that is disabled', () => {
  it('is refused at the very next request, and served at the very next after it is enabled', async () => {
    const client = await database().register()
    const setDisabled = (value: boolean) =>
      database().query('update clients set disabled = $2 where client_id = $1', [client.id, value])
    expect((await requestToken(service().api, client)).status).toBe(200)
    await setDisabled(true)
    expect((await requestToken(service().api, client)).status).toBe(401)
    await setDisabled(false)
    expect((await requestToken(service().api, client)).status).toBe(200)
  })
})

describe('a secret that somebody copied to another client in the database', () => {
  it('proves nothing there, and spoils nothing', async () => {
    const [owner, other] = [await database().register(), await database().register()]
    await database().query(
      `insert into client_secrets select 'sec_copied', $1, hash, mac, mac_key_id, created_at, null, null
       from client_secrets where client_id = $2`,
      [owner.id, other.id],
    )
    expect((await requestToken(service().api, { id: owner.id, secret: other.secret })).status).toBe(401)
    expect((await requestToken(service().api, owner)).status).toBe(200)
  })
})
