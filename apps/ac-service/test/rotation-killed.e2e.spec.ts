import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { eventually } from './eventually.ts'
import { ageKeys, FORCED, rotateKeys, tokenOf } from './key-administration.ts'
import { keyLife } from './key-life.ts'
import type { RegisteredClient } from './registered-client.ts'
import { startService, type RunningService } from './running-service.ts'
import { useServiceDatabase } from './service-database.ts'
import { StatementGate } from './statement-gate.ts'

const database = useServiceDatabase()
let gate: StatementGate
let survivor: RunningService
let rotator: RegisteredClient

beforeAll(async () => {
  rotator = await database().register({ scope: FORCED })
  gate = await StatementGate.before(database().url)
  survivor = await startService(database().url)
})
afterAll(async () => {
  await survivor.stop()
  gate.close()
})

const rotate = async ({ api }: RunningService) => rotateKeys(api, await tokenOf(api, rotator))

const states = async () => {
  const rows = await database().query<{ kid: string; status: string; sealed: number }>(
    'select kid, status, length(sealed_private_key) as sealed from signing_keys order by status, kid',
  )
  return rows.map(({ kid, status, sealed }) => `${status} ${kid} ${sealed > 0 ? 'sealed' : 'destroyed'}`)
}

/** A service that starts vouches for the audit trail, in a transaction as well: that must not be taken for the rotation's. */
const firstCheckpoint = (): Promise<void> => sleep(1000)

/** Kills a service as soon as statement `number` of its rotation is done, and resolves when the database knows. */
async function killAfter(number: number): Promise<void> {
  const service = await startService(gate.url)
  const token = await tokenOf(service.api, rotator)
  await firstCheckpoint()
  const held = gate.hold(number)
  const answer = rotateKeys(service.api, token).catch(() => undefined)
  await held
  await service.process.kill()
  expect(await answer).toBeUndefined()
  await eventually('the database has ended its transaction', async () => {
    const left = await database().query(
      `select from pg_stat_activity where application_name = 'ac-service' and datname = current_database()
       and xact_start is not null`,
    )
    return left.length === 0
  })
}

describe('a service that is killed in the middle of a rotation', () => {
  it('leaves all of it or nothing after each statement, and the allowance to the other service unless all', async () => {
    const whole = await startService(gate.url)
    await ageKeys(database(), '1 hour')
    await firstCheckpoint()
    expect((await rotate(whole)).status).toBe(200)
    const statements = gate.lastTransaction
    await whole.stop()
    expect(statements).toBeGreaterThanOrEqual(8)
    for (let number = 1; number <= statements; number++) {
      await ageKeys(database(), '1 hour')
      const before = await states()
      await killAfter(number)
      const { kids } = keyLife(database())
      expect([(await kids('active')).length, (await kids('next')).length]).toEqual([1, 1])
      const committed = number === statements
      if (committed) expect(await states()).not.toEqual(before)
      else expect(await states()).toEqual(before)
      expect((await rotate(survivor)).status).toBe(committed ? 429 : 200)
    }
  }, 120_000)

  it('leaves as many rotations in the audit trail as there were', async () => {
    const [row] = await database().query<{ rotations: number; retiring: number }>(
      `select (select count(*)::int from audit_events where type = 'signing_key.rotated') as rotations,
         (select count(*)::int from signing_keys where status = 'retiring') as retiring`,
    )
    expect(row?.rotations).toBe(row?.retiring)
    expect(row?.rotations).toBeGreaterThan(1)
  })
})
