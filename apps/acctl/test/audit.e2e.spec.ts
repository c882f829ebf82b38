import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { useTestDatabase } from '@ac/embedded-postgres/jest'
import { Secret } from '@ac/kernel'
import { SessionPool } from '@ac/postgres'
import { RecordingLog } from '@ac/kernel/testing'
import { environmentOf, HASH_SECRET, runAcctl } from './run-acctl.ts'

const database = useTestDatabase()
const NEW_SECRET = { AC_HASH_SECRET: Buffer.alloc(32, 9).toString('base64') }

let pool: SessionPool
let folder: string

const acctl = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  runAcctl({ ...environmentOf(database.url()), ...env }, args)
const json = async (args: readonly string[], env?: NodeJS.ProcessEnv) =>
  JSON.parse((await acctl([...args, '--json'], env)).stdout)
const create = (name: string, env?: NodeJS.ProcessEnv) =>
  json(['clients', 'create', '--name', name, '--scope', 's'], env)

/** Runs SQL with the rights of the owner of the tables. */
async function asOwner(text: string): Promise<readonly Record<string, unknown>[]> {
  const session = await pool.connect()
  try {
    await session.query('reset role', [])
    return (await session.query<Record<string, unknown>>(text, [])).rows
  } finally {
    session.release(true)
  }
}

beforeAll(async () => {
  await acctl(['migrate'])
  const limits = { poolSize: 1, acquireTimeoutMs: 10_000, statementTimeoutMs: 10_000 }
  const place = { url: new Secret(database.url()), tls: 'disable', ca: undefined } as const
  pool = new SessionPool({ ...place, ...limits, applicationName: 'acctl specs' }, new RecordingLog())
  folder = await mkdtemp(join(tmpdir(), 'acctl-audit-'))
})
afterAll(async () => {
  await pool.end()
  await rm(folder, { recursive: true })
})

describe('acctl audit', () => {
  it('verifies an empty trail', async () => {
    expect(await acctl(['audit', 'verify'])).toEqual({
      code: 0,
      stdout: '0 events in 0 chains, and 0 places that checkpoints saw\nthe audit trail is intact\n',
      stderr: '',
    })
  })

  it('lists what acctl did, as acctl', async () => {
    const { client_id: id } = await create('one')
    const { events, next_cursor } = await json(['audit', 'list', '--client', id])
    expect(events).toMatchObject([{ type: 'client.created', actor: 'acctl', target: id, outcome: 'success' }])
    expect(next_cursor).toBeNull()
    expect((await acctl(['audit', 'list', '--type', 'client.created'])).stdout).toMatch(
      new RegExp(`^TIME +TYPE .*\\n\\S+Z +client\\.created +success +acctl +${id}\\n$`),
    )
  })

  it('finds each run of it a complete chain, for which the next one vouches', async () => {
    for (const name of ['two', 'three']) await create(name)
    expect(await json(['audit', 'verify'])).toMatchObject({
      intact: true,
      chains: 3,
      open_chains: 0,
      named_positions: 2,
      findings: [],
    })
  })

  it('finds a run whose chain somebody took out', async () => {
    const before = await asOwner('select * from audit_events')
    await asOwner(
      `delete from audit_events where writer in
         (select writer from audit_events where type = 'client.created' order by occurred_at limit 1)`,
    )
    const { code, stdout } = await acctl(['audit', 'verify', '--json'])
    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({ intact: false, findings: [{ fault: 'missing', first: 1, last: 3 }] })
    expect((await asOwner('select * from audit_events')).length).toBeLessThan(before.length)
    await asOwner('truncate audit_events')
  })

  it('finds an edited event and says where', async () => {
    await create('edited')
    await asOwner(`update audit_events set actor = 'nobody' where type = 'client.created'`)
    const [row] = await asOwner(`select writer, sequence from audit_events where type = 'client.created'`)
    const { code, stdout } = await acctl(['audit', 'verify'])
    expect(code).toBe(1)
    expect(stdout).toMatch(new RegExp(`^altered +${row?.['writer']} +${row?.['sequence']} `, 'm'))
    await asOwner('truncate audit_events')
  })

  it('says what it cannot check after AC_HASH_SECRET was changed, and checks it when it is given the old one', async () => {
    await create('sealed under the old secret')
    await create('sealed under the new secret', NEW_SECRET)
    const { code, stdout } = await acctl(['audit', 'verify', '--json'], NEW_SECRET)
    expect(code).toBe(1)
    expect(JSON.parse(stdout).findings).toMatchObject([{ fault: 'unknown_key', first: 1, last: 3 }])
    const old = join(folder, 'old-secret')
    writeFileSync(old, `${HASH_SECRET.toString('base64')}\n`)
    expect(await acctl(['audit', 'verify', '--earlier-secret', old], NEW_SECRET)).toMatchObject({ code: 0 })
    const refused = await acctl(['audit', 'verify', '--earlier-secret', join(folder, 'none')], NEW_SECRET)
    expect(refused).toMatchObject({ code: 78, stdout: '', stderr: expect.stringContaining('AC_HASH_SECRET_FILE') })
  })
})
