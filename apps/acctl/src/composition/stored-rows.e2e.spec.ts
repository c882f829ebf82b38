import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { useTestDatabase } from '@ac/embedded-postgres/jest'
import { Secret } from '@ac/kernel'
import { SessionPool } from '@ac/postgres'
import { environmentOf, runAcctl } from '../../test/run-acctl.ts'
import { SILENT_LOG } from './silent-log.ts'

type Session = Awaited<ReturnType<SessionPool['connect']>>

const database = useTestDatabase()
const acctl = (...args: readonly string[]) => runAcctl(environmentOf(database.url()), args)
let pool: SessionPool
let session: Session

beforeAll(async () => {
  await acctl('migrate')
  const limits = { poolSize: 1, acquireTimeoutMs: 10_000, statementTimeoutMs: 10_000 }
  const place = { url: new Secret(database.url()), tls: 'disable', ca: undefined } as const
  pool = new SessionPool({ ...place, ...limits, applicationName: 'stored-rows' }, SILENT_LOG)
  session = await pool.connect()
  // The pool works as the service, which may not read everything.
  await session.query('reset role', [])
})

afterAll(async () => {
  session.release()
  await pool.end()
})

/** All rows of all tables as text. */
async function dump(): Promise<string> {
  const tables = await session.query<{ name: string }>(
    `select quote_ident(table_name) as name from information_schema.tables where table_schema = current_schema()`,
    [],
  )
  let text = ''
  for (const { name } of tables.rows) {
    const { rows } = await session.query<{ row: string }>(`select t::text as row from ${name} t`, [])
    text += rows.map(({ row }) => `${name} ${row}\n`).join('')
  }
  return text
}

describe('what acctl leaves in the database', () => {
  it('is a client, its audit event by acctl, and no secret in the clear', async () => {
    const { stdout } = await acctl('clients', 'create', '--name', 'stored', '--scope', 's', '--json')
    const { client_id, client_secret } = JSON.parse(stdout) as Record<string, string>
    const rows = await dump()
    expect(rows).toContain(`clients (${client_id},stored,`)
    expect(rows).toMatch(new RegExp(`^audit_events .*client\\.created,success,,acctl,${client_id},`, 'm'))
    const bytes = Buffer.from(String(client_secret))
    for (const form of [client_secret, bytes.toString('hex'), bytes.toString('base64')])
      expect(rows).not.toContain(form)
  })
})

describe('what somebody else left in the database', () => {
  it('cannot paint the terminal by the name of a client', async () => {
    const name = '\u001b[2J\u009b31mowned\nsvc_forged'
    const { rows } = await session.query<{ client_id: string }>(
      `insert into clients (client_id, client_name, scope, audiences, resource_ids, token_endpoint_auth_method, disabled,
        created_at, updated_at)
      values ('svc_painter', $1, '{s}', '{}', '{}', 'client_secret_basic', false, now(), now()) returning client_id`,
      [name],
    )
    expect(rows).toHaveLength(1)
    for (const args of [
      ['clients', 'list'],
      ['clients', 'show', 'svc_painter'],
    ]) {
      const { stdout } = await acctl(...args)
      expect(stdout).toContain('\\u{1b}[2J\\u{9b}31m')
      expect(stdout.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u)
      expect(stdout).not.toMatch(/^svc_forged/m)
      const printed = (await acctl(...args, '--json')).stdout
      expect(printed.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u)
      expect(JSON.stringify(JSON.parse(printed))).toContain(JSON.stringify(name))
    }
  })

  it('lists signing keys that the service has made', async () => {
    await session.query(
      `insert into signing_keys (kid, status, public_key, sealed_private_key, created_at, activated_at, retires_at)
      values ('kid-1', 'retiring', '{}', '\\x00', '2026-01-01Z', '2026-01-02Z', '2026-01-09T10:11:12.5Z')`,
      [],
    )
    expect(JSON.parse((await acctl('keys', 'list', '--json')).stdout)).toEqual({
      keys: [
        {
          kid: 'kid-1',
          status: 'retiring',
          alg: 'EdDSA',
          created_at: '2026-01-01T00:00:00.000Z',
          activated_at: '2026-01-02T00:00:00.000Z',
          retires_at: '2026-01-09T10:11:12.500Z',
        },
      ],
    })
    expect((await acctl('keys', 'list')).stdout).toMatch(/^kid-1 +retiring +2026-01-01 +2026-01-02 +2026-01-09$/m)
  })

  it('is a newer schema, which is left alone', async () => {
    await session.query(`insert into schema_migrations (name, timestamp) values ('9999-later', '2026-01-01')`, [])
    expect(await acctl('migrate', '--check')).toMatchObject({ code: 0 })
    expect(JSON.parse((await acctl('migrate', '--json')).stdout)).toEqual({ migrated: [] })
  })
})
