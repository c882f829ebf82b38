import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { AuditChain } from '@ac/audit'
import { AesGcmKeyCipher, Ed25519KeyPairs, HmacChainKey, pooledRandomBytes } from '@ac/crypto'
import { useTestDatabase } from '@ac/embedded-postgres/jest'
import { Secret } from '@ac/kernel'
import { RecordingLog } from '@ac/kernel/testing'
import { KeyInitialiser, KeyRing } from '@ac/key-rotation'
import { AuditedTransactions, openDatabase, PostgresSigningKeyStore, SessionPool } from '@ac/postgres'
import { environmentOf, HASH_SECRET, MASTER_KEY, runAcctl } from './run-acctl.ts'

const NEW_MASTER_KEY = Buffer.alloc(32, 8)
const CHANGED = {
  AC_MASTER_KEY: NEW_MASTER_KEY.toString('base64'),
  AC_MASTER_KEYS_PREVIOUS: MASTER_KEY.toString('base64'),
}

const database = useTestDatabase()
let pool: SessionPool

const acctl = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  runAcctl({ ...environmentOf(database.url()), ...env }, ['keys', ...args])
const json = async (args: readonly string[], env?: NodeJS.ProcessEnv) =>
  JSON.parse((await acctl(['--json', ...args], env)).stdout)
const kidOf = async (status: string): Promise<string> =>
  (await json(['list'])).keys.find((key: { readonly status: string }) => key.status === status)?.kid

/** Makes every key older than any interval. */
async function age(): Promise<void> {
  const session = await pool.connect()
  await session.query(
    `update signing_keys set created_at = created_at - interval '1 year', activated_at = activated_at - interval '1 year'`,
    [],
  )
  session.release()
}

const store = () => {
  const key = new HmacChainKey(HASH_SECRET)
  const chain = new AuditChain({ key, randomBytes: pooledRandomBytes, clock: () => new Date() })
  return new PostgresSigningKeyStore(openDatabase(pool), new AuditedTransactions(openDatabase(pool), chain))
}

beforeAll(async () => {
  await runAcctl(environmentOf(database.url()), ['migrate'])
  const limits = { poolSize: 1, acquireTimeoutMs: 10_000, statementTimeoutMs: 10_000 }
  const place = { url: new Secret(database.url()), tls: 'disable', ca: undefined } as const
  pool = new SessionPool({ ...place, ...limits, applicationName: 'acctl specs' }, new RecordingLog())
  const deps = { store: store(), cipher: new AesGcmKeyCipher({ current: MASTER_KEY }), pairs: new Ed25519KeyPairs() }
  await new KeyInitialiser(deps).initialise()
})
afterAll(() => pool.end())

describe('acctl keys rotate', () => {
  it('waits for nothing the first time', async () => {
    expect((await acctl(['rotate'])).code).toBe(0)
  })

  it('is refused with exit code 1 while the active key is young, and says when it is possible', async () => {
    for (const args of [['rotate'], ['rotate', '--force']]) {
      const { code, stdout, stderr } = await acctl(args)
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr).toMatch(/^acctl: the signing keys were rotated too recently: possible in \d+ s\n$/)
    }
  })

  it('promotes the next key, and has another one wait', async () => {
    await age()
    const [active, next] = [await kidOf('active'), await kidOf('next')]
    const rotated = await json(['rotate'])
    expect(rotated).toMatchObject({ rotated: true, new_key_id: next, old_key_id: active })
    const { keys } = await json(['list'])
    expect(keys).toContainEqual(expect.objectContaining({ kid: next, status: 'active' }))
    expect(keys).toContainEqual(expect.objectContaining({ kid: active, status: 'retiring' }))
  })

  it('goes by the intervals of the environment', async () => {
    const intervals = {
      AC_JWKS_MAX_AGE_SECONDS: '1',
      AC_KEY_FORCE_ROTATION_MIN_INTERVAL_SECONDS: '3',
      AC_KEY_ROTATION_MIN_INTERVAL_SECONDS: '86400',
    }
    const { stderr } = await acctl(['rotate', '--force'], intervals)
    expect(stderr === '' || /possible in [1-3] s\n$/.test(stderr)).toBe(true)
    expect((await acctl(['rotate'], intervals)).stderr).toMatch(/possible in 86\d{3} s\n$/)
  })
})

describe('acctl keys revoke', () => {
  it('asks for --yes where nobody can be asked, and changes nothing', async () => {
    const active = await kidOf('active')
    const { code, stderr } = await acctl(['revoke', '--', active])
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('--yes') })
    expect(await kidOf('active')).toBe(active)
  })

  it('has the next key sign in the place of the active one, at once', async () => {
    const [active, next] = [await kidOf('active'), await kidOf('next')]
    const revoked = await json(['revoke', '--yes', '--', active])
    expect(revoked).toMatchObject({ kid: active, status: 'revoked' })
    expect(await kidOf('active')).toBe(next)
    const again = await acctl(['revoke', '--yes', '--', active])
    expect(again).toEqual({ code: 1, stdout: '', stderr: 'acctl: the signing key is revoked already\n' })
  })

  it('knows no other key', async () => {
    const { code, stderr } = await acctl(['revoke', '--yes', 'nobody'])
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'acctl: there is no signing key of this id\n' })
  })
})

describe('acctl keys rewrap', () => {
  it('needs a master key that opens what there is', async () => {
    const { code, stderr } = await acctl(['rewrap'], { AC_MASTER_KEY: CHANGED.AC_MASTER_KEY })
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'acctl: a private key is sealed under none of AC_MASTER_KEY and AC_MASTER_KEYS_PREVIOUS\n',
    })
  })

  it('seals the private keys anew, so that the old master key is needed no more', async () => {
    const kids = [await kidOf('next'), await kidOf('active')]
    const { rewrapped } = await json(['rewrap'], CHANGED)
    expect(rewrapped.toSorted()).toEqual(kids.toSorted())
    const cipher = new AesGcmKeyCipher({ current: NEW_MASTER_KEY })
    const ring = new KeyRing({
      store: store(),
      cipher,
      pairs: new Ed25519KeyPairs(),
      clock: () => new Date(),
      leaseSeconds: 9,
    })
    await ring.refresh()
    expect(ring.active()?.kid).toBe(await kidOf('active'))
    expect(await json(['rewrap'], CHANGED)).toEqual({ rewrapped: [] })
  })
})
