import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { failureLimiterContract } from '@ac/client-validation/testing'
import type { FailureLimits } from '@ac/client-validation'
import { RecordingLog } from '@ac/kernel/testing'
import { beforeEach, describe, expect, it, jest } from '@jest/globals'
import { settledHeap } from '../../test/settled-heap.ts'
import { InMemoryStatements } from '../../test/in-memory-statements.ts'
import { PostgresFailureLimiter } from './postgres-failure-limiter.ts'

const LIMITS: FailureLimits = { windowSeconds: 900, maxFailures: 5, maxFailuresOfNetwork: 50 }
const HERE_ALONE = 'failed authentications are counted by this process alone for now'
const hash = (text: string): string => createHash('sha256').update(text).digest('hex')
const guess = (clientId: string, network = 'h:0') => ({ network, clientId })
const broken = async (): Promise<never> => {
  throw new Error('no such table')
}

let client: InMemoryStatements
let log: RecordingLog
const open = (limits = LIMITS): PostgresFailureLimiter => new PostgresFailureLimiter({ client, limits, hash, log })

beforeEach(() => {
  client = new InMemoryStatements()
  log = new RecordingLog()
})

async function count(limiter: PostgresFailureLimiter, clientId: string, times: number) {
  const answers: (number | undefined)[] = []
  for (let time = 0; time < times; time++) answers.push(await limiter.count(guess(clientId)))
  return answers
}

/** Answers as words: what is borne, and what is too much. */
const told = (answers: readonly (number | undefined)[]) => answers.map((answer) => (answer ? 'too much' : 'borne'))

failureLimiterContract('PostgresFailureLimiter on a database that is a map', async (limits) => {
  const shared = new InMemoryStatements()
  const [one, other] = [0, 1].map(
    () => new PostgresFailureLimiter({ client: shared, limits, hash, log: new RecordingLog() }),
  )
  if (!one || !other) throw new Error('there are two')
  return { one, other, elapse: (seconds) => sleep(seconds * 1000) }
})

describe('the shield of PostgresFailureLimiter', () => {
  it('asks the database nothing more about what is beyond its limit', async () => {
    const limiter = open()
    await count(limiter, 'svc_a', 6)
    const asked = client.asked
    expect(told(await count(limiter, 'svc_a', 1000))).toEqual(Array.from({ length: 1000 }, () => 'too much'))
    expect(client.asked).toBe(asked)
  })

  it('asks the database nothing more about any id of a network that is beyond its limit', async () => {
    const limiter = open()
    for (let id = 0; id < 51; id++) await limiter.count(guess(`svc_${id}`))
    const asked = client.asked
    for (let id = 51; id < 1000; id++) expect(await limiter.count(guess(`svc_${id}`))).toBeGreaterThan(0)
    expect(client.asked).toBe(asked)
    expect(await limiter.count(guess('svc_0', 'h:1'))).toBeUndefined()
  })

  it('gives the database no id and no network, only hashes', async () => {
    const seen: unknown[] = []
    const spied = { query: jest.fn((statement: Parameters<InMemoryStatements['query']>[0]) => client.query(statement)) }
    const limiter = new PostgresFailureLimiter({ client: spied, limits: LIMITS, hash, log })
    await limiter.count(guess('svc_secret', 'h:network'))
    seen.push(...spied.query.mock.calls)
    expect(JSON.stringify(seen)).not.toMatch(/svc_secret|h:network/)
    expect(seen).toHaveLength(2)
  })
})

describe('PostgresFailureLimiter without its database', () => {
  it('counts on in memory from the first failure', async () => {
    client.fault = broken
    expect(told(await count(open(), 'svc_a', 8))).toEqual([
      ...Array.from({ length: 5 }, () => 'borne'),
      ...Array.from({ length: 3 }, () => 'too much'),
    ])
  })

  it('counts on from where the count was', async () => {
    const limiter = open()
    await count(limiter, 'svc_a', 3)
    client.fault = broken
    expect(told(await count(limiter, 'svc_a', 4))).toEqual(['borne', 'borne', 'too much', 'too much'])
  })

  it('keeps nobody waiting for a database that hangs', async () => {
    client.fault = () => new Promise(() => undefined)
    const limiter = open()
    const begin = performance.now()
    expect(told(await count(limiter, 'svc_a', 7))).toEqual([
      ...Array.from({ length: 5 }, () => 'borne'),
      'too much',
      'too much',
    ])
    // One waits for a second, and the others for nothing.
    expect(performance.now() - begin).toBeLessThan(4000)
    expect(client.asked).toBe(2)
  })

  it('tells the log once when that begins and once when it is over', async () => {
    jest.useFakeTimers({ now: Date.now(), doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'performance'] })
    try {
      const limiter = open()
      client.fault = broken
      await count(limiter, 'svc_a', 3)
      client.fault = async () => undefined
      await count(limiter, 'svc_b', 1)
      expect(log.lines.map(({ level, message }) => [level, message])).toEqual([['warn', HERE_ALONE]])
      jest.setSystemTime(Date.now() + 6000)
      await count(limiter, 'svc_c', 1)
    } finally {
      jest.useRealTimers()
    }
    expect(log.lines.map(({ level }) => level)).toEqual(['warn', 'info'])
    expect(log.lines[0]?.fields).toEqual({ cause: 'no such table' })
  })
})

describe('the memory of PostgresFailureLimiter', () => {
  it.each([
    ['with its database', async () => undefined],
    ['without it', broken],
  ])('does not grow with the ids and networks that come by, %s', async (_, fault) => {
    client = new (class extends InMemoryStatements {
      override async query() {
        await fault()
        return { rows: [{ points: 1, expire: String(Date.now() + 900_000) }], rowCount: 1 }
      }
    })()
    const limiter = open()
    const fill = async (from: number, to: number) => {
      for (let id = from; id < to; id++) await limiter.count(guess(`svc_${id}`, `h:${id}`))
    }
    await fill(0, 15_000)
    const before = await settledHeap()
    await fill(15_000, 55_000)
    // 80,000 more windows would take five times as much.
    expect((await settledHeap()) - before).toBeLessThan(2 * 1024 * 1024)
  })
})
