import { beforeAll, describe, expect, it } from '@jest/globals'
import { startService } from './running-service.ts'
import { useServiceDatabase } from './service-database.ts'
import { serviceEnvironment } from './service-environment.ts'
import { ServiceProcess } from './service-process.ts'
import { get } from './token-request.ts'

const database = useServiceDatabase()

const OTHER_MASTER_KEY = Buffer.alloc(32, 'o').toString('base64')

const kidsOf = (jwks: Awaited<ReturnType<typeof get>>) =>
  (jwks.json['keys'] as { kid: string }[]).map(({ kid }) => kid).toSorted()

/** Runs a service that cannot start to its end. */
async function expectRefusal(changes: Record<string, string>, sentence: string): Promise<void> {
  const before = await database().dump()
  const service = new ServiceProcess(serviceEnvironment(database().url, changes))
  expect(await service.exited()).toBe(78)
  expect(service.stderr).toBe(`ac-service: ${sentence}; nothing was changed\n`)
  expect(await database().dump()).toBe(before)
}

let kids: readonly string[]
beforeAll(async () => {
  const service = await startService(database().url)
  kids = kidsOf(await get(`${service.api}/.well-known/jwks.json`))
  await service.stop()
})

describe('a private key in the database', () => {
  it('is never there in the clear', async () => {
    const rows = await database().query<{ key: Buffer }>('select sealed_private_key as key from signing_keys')
    const ed25519InDer = Buffer.from('302e020100300506032b657004220420', 'hex')
    expect(rows).toHaveLength(2)
    for (const { key } of rows) expect(key.includes(ed25519InDer)).toBe(false)
  })
})

describe('a service with another master key than the one that sealed', () => {
  it('ends before it writes anything, and says why', async () => {
    await expectRefusal(
      { AC_MASTER_KEY: OTHER_MASTER_KEY },
      'neither AC_MASTER_KEY nor AC_MASTER_KEYS_PREVIOUS is the key that sealed the signing keys in the database',
    )
  })

  it('starts when it knows the right one as a previous one, and publishes the same keys', async () => {
    const service = await startService(database().url, {
      AC_MASTER_KEY: OTHER_MASTER_KEY,
      AC_MASTER_KEYS_PREVIOUS: serviceEnvironment('')['AC_MASTER_KEY'] ?? '',
    })
    expect(kidsOf(await get(`${service.api}/.well-known/jwks.json`))).toEqual(kids)
    await service.stop()
  })
})

describe('a service whose keys were altered in the database', () => {
  const ALTERED = 'a sealed signing key in the database was altered'
  const MALFORMED = 'a sealed signing key in the database is malformed'
  it.each([
    [
      'in the last byte',
      'set_byte(sealed_private_key, length(sealed_private_key) - 1, get_byte(sealed_private_key, length(sealed_private_key) - 1) # 1)',
      ALTERED,
    ],
    ['to be nothing', `''::bytea`, MALFORMED],
    ['to be the other one', `(select sealed_private_key from signing_keys where status = 'next')`, ALTERED],
  ])('%s ends before it writes anything, and says why', async (_case, expression, sentence) => {
    const [stored] = await database().query<{ key: Buffer }>(
      `select sealed_private_key as key from signing_keys where status = 'active'`,
    )
    const set = `update signing_keys set sealed_private_key = `
    await database().query(`${set} ${expression} where status = 'active'`)
    try {
      await expectRefusal({}, sentence)
    } finally {
      await database().query(`${set} $1 where status = 'active'`, [stored?.key])
    }
  })
})

describe('a service whose keys are all revoked', () => {
  it('makes no new ones and is not ready', async () => {
    await database().query(`update signing_keys set status = 'revoked'`)
    const service = await startService(database().url)
    expect(kidsOf(await get(`${service.api}/.well-known/jwks.json`))).toEqual([])
    const { status, json } = await get(`${service.management}/ready`)
    expect({ status, json }).toMatchObject({ status: 503, json: { database: 'ok', signing_key: 'unavailable' } })
    await service.stop()
  })
})
