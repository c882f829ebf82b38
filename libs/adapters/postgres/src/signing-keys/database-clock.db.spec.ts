import { NO_ORIGIN } from '@ac/kernel'
import { KeyInitialiser, KeyRotator, type Rotation } from '@ac/key-rotation'
import { FakeKeyCipher, FakeKeyPairs } from '@ac/key-rotation/testing'
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { useMigratedDatabase } from '../../test/use-migrated-database.ts'
import { PostgresSigningKeyStore } from './postgres-signing-key-store.ts'

const database = useMigratedDatabase()
const DAY_MS = 24 * 3600 * 1000

const POLICY = {
  rotationMinIntervalSeconds: 6 * 24 * 3600,
  forceRotationMinIntervalSeconds: 3600,
  publicationSeconds: 900,
  overlapSeconds: 7 * 24 * 3600,
}

/** Rotates by force, in a process of its own. */
function rotate(): Promise<Rotation> {
  const store = new PostgresSigningKeyStore(database.db(), database.transactions())
  const deps = { store, cipher: new FakeKeyCipher(), pairs: new FakeKeyPairs() }
  return new KeyRotator({ ...deps, policy: POLICY }).rotate({ forced: true, actor: 'svc_a' }, NO_ORIGIN)
}

const age = (interval: string) =>
  database.asOwner('update signing_keys set created_at = now() - $1::interval, activated_at = now() - $1::interval', [
    interval,
  ])

describe.each([
  ['ahead', 30],
  ['behind', -30],
])('a process whose clock is 30 days %s', (_direction, days) => {
  beforeEach(async () => {
    await database.empty()
    const store = new PostgresSigningKeyStore(database.db(), database.transactions())
    await new KeyInitialiser({ store, cipher: new FakeKeyCipher(), pairs: new FakeKeyPairs() }).initialise()
    await rotate()
    jest.useFakeTimers({ now: Date.now() + days * DAY_MS, doNotFake: [...TIMERS] })
  })
  afterEach(() => void jest.useRealTimers())

  it('cannot rotate a moment earlier than any other', async () => {
    await age('59 minutes')
    const error = await rotate().catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'rotation_too_soon', limit: 'interval' })
    const { retryAfterSeconds } = error as { readonly retryAfterSeconds: number }
    expect(retryAfterSeconds).toBeLessThanOrEqual(60)
    expect(retryAfterSeconds).toBeGreaterThan(30)
  })

  it('may rotate when any other may, and dates all of it by the clock of the database', async () => {
    await age('61 minutes')
    const { oldKeyValidUntil } = await rotate()
    const [row] = await database.asOwner(
      `select clock_timestamp() as now, max(activated_at) as activated_at, max(created_at) as created_at,
         max(retires_at) as retires_at from signing_keys`,
    )
    const now = Number(row?.['now'])
    const times = [row?.['activated_at'], row?.['created_at'], Number(row?.['retires_at']) - 7 * DAY_MS].map(Number)
    for (const time of times) {
      expect(time).toBeLessThanOrEqual(now)
      expect(time).toBeGreaterThan(now - 60_000)
    }
    expect(oldKeyValidUntil).toEqual(row?.['retires_at'])
    for (const { occurredAt } of await database.events()) expect(occurredAt.getTime()).toBeLessThanOrEqual(now)
  })
})

/** Everything but the clock of the process stays real. */
const TIMERS = [
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'clearImmediate',
  'setInterval',
  'clearInterval',
  'setTimeout',
  'clearTimeout',
] as const
