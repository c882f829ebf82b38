import { beforeAll, describe, expect, it } from '@jest/globals'
import { introspect, revoke, tokenOf } from './about-token.ts'
import { DatabaseGate } from './database-gate.ts'
import type { RegisteredClient } from './registered-client.ts'
import { startService, useService } from './running-service.ts'
import { useServiceDatabase } from './service-database.ts'
import { ISSUER } from './service-environment.ts'
import { get } from './token-request.ts'

const PATH = '/api/v1/admin/keys'

const database = useServiceDatabase()
const service = useService(() => database().url)

let admin: RegisteredClient
let other: RegisteredClient
beforeAll(async () => {
  admin = await database().register({ scope: 'admin:services' })
  other = await database().register({ scope: 'introspect:any meeting:read' })
})

const ask = (token: string, path = PATH) => get(service().api + path, { headers: { authorization: `Bearer ${token}` } })

describe('the admin API', () => {
  it('is open to a token for the issuer with the scope, until that is revoked', async () => {
    const token = await tokenOf(service().api, admin)
    expect((await ask(token)).status).toBe(200)
    await revoke(service().api, admin, token)
    const { status, headers } = await ask(token)
    expect(status).toBe(401)
    expect(headers.get('www-authenticate')).toMatch(/^Bearer realm="[^"]+", error="invalid_token"/)
  })

  it('is closed without a token, and to one in the query string', async () => {
    const token = await tokenOf(service().api, admin)
    for (const path of [PATH, `${PATH}?access_token=${token}`]) {
      const { status, headers } = await get(service().api + path)
      expect([status, headers.get('www-authenticate')]).toEqual([401, `Bearer realm="${ISSUER}"`])
    }
    expect((await ask(token, `${PATH}?access_token=${token}`)).status).toBe(400)
  })

  it('is closed to a token for another audience, and to one without the scope', async () => {
    expect((await ask(await tokenOf(service().api, other, { scope: 'meeting:read' }))).status).toBe(401)
    const { status, headers } = await ask(await tokenOf(service().api, other, { scope: 'introspect:any' }))
    expect(status).toBe(403)
    expect(headers.get('www-authenticate')).toMatch(/error="insufficient_scope".*scope="admin:services"/)
    const rows = await database().query(
      `select reason from audit_events where type = 'admin.access_denied' and actor = $1 order by reason`,
      [other.id],
    )
    expect(rows).toEqual([{ reason: 'insufficient_scope' }, { reason: 'wrong_audience' }])
  })
})

describe('while the database is lost', () => {
  it('nothing is said of a token: not inactive, not revoked, not refused', async () => {
    const gate = await DatabaseGate.before(database().url, 'open')
    const behind = await startService(gate.url)
    const token = await tokenOf(behind.api, admin)
    gate.turn('shut')
    const answers = [
      await introspect(behind.api, admin, token),
      await revoke(behind.api, admin, token),
      await get(behind.api + PATH, { headers: { authorization: `Bearer ${token}` } }),
    ]
    for (const { status, json, headers } of answers) {
      expect([status, json['error']]).toEqual([503, 'temporarily_unavailable'])
      expect(headers.get('retry-after')).toMatch(/^\d+$/)
    }
    gate.turn('open')
    await behind.stop()
    gate.close()
  })
})
