import { describe, expect, it } from '@jest/globals'
import type { FailedAuthentication, FailureLimiter, FailureLimits } from '../ports/failure-limiter.ts'

/** Two limiters on one empty storage, as two processes have them. */
export interface FailureLimitersUnderTest {
  readonly one: FailureLimiter
  readonly other: FailureLimiter
  /** Lets so much time go by. */
  elapse(seconds: number): Promise<void>
}

const LIMITS: FailureLimits = { windowSeconds: 900, maxFailures: 3, maxFailuresOfNetwork: 8 }
const NETWORK = 'h:0123456789abcdef'
const FAILURE: FailedAuthentication = { network: NETWORK, clientId: 'svc_0000000000000000000001' }

const from = (network: string | undefined, clientId = FAILURE.clientId): FailedAuthentication => ({ network, clientId })

/** Counts `failure` so many times, one after the other. */
async function counted(limiter: FailureLimiter, failure: FailedAuthentication, times: number) {
  const answers: (number | undefined)[] = []
  for (let time = 0; time < times; time++) answers.push(await limiter.count(failure))
  return answers
}

const borne = (times: number): readonly undefined[] => Array.from({ length: times }, () => undefined)

/** What every {@link FailureLimiter} promises. `create` makes a pair that nobody else counts with, for each test. */
export function failureLimiterContract(
  name: string,
  create: (limits: FailureLimits) => Promise<FailureLimitersUnderTest>,
): void {
  describe(`${name} keeps the FailureLimiter contract`, () => {
    it('bears as many failures as it may, and says of every further one how long the window lasts', async () => {
      const { one } = await create(LIMITS)
      expect(await counted(one, FAILURE, 3)).toEqual(borne(3))
      for (const seconds of await counted(one, FAILURE, 4)) {
        expect(seconds).toBeGreaterThan(890)
        expect(seconds).toBeLessThanOrEqual(900)
        expect(Number.isInteger(seconds)).toBe(true)
      }
    })

    it('counts together with other processes', async () => {
      const { one, other } = await create(LIMITS)
      expect([...(await counted(one, FAILURE, 2)), ...(await counted(other, FAILURE, 1))]).toEqual(borne(3))
      expect([await one.count(FAILURE), await other.count(FAILURE)]).toEqual([expect.any(Number), expect.any(Number)])
    })

    it('bears no more of many failures at once, in two processes, than it may', async () => {
      const { one, other } = await create({ ...LIMITS, maxFailuresOfNetwork: 100 })
      const answers = await Promise.all(
        Array.from({ length: 30 }, (_, index) => (index % 2 ? one : other).count(FAILURE)),
      )
      expect(answers.filter((answer) => answer === undefined)).toHaveLength(3)
    })

    it('counts each client id and each network by itself', async () => {
      const { one } = await create(LIMITS)
      await counted(one, FAILURE, 4)
      expect(await one.count(from(NETWORK, 'svc_0000000000000000000002'))).toBeUndefined()
      expect(await one.count(from('h:fedcba9876543210'))).toBeUndefined()
      expect(await one.count(FAILURE)).toBeGreaterThan(0)
    })

    it('bears no more failures of one network than it may, whatever ids it claims', async () => {
      const { one, other } = await create(LIMITS)
      const ids = Array.from({ length: 12 }, (_, index) => `svc_${index}`)
      const answers = []
      for (const id of ids) answers.push(await (answers.length % 2 ? one : other).count(from(NETWORK, id)))
      expect(answers.slice(0, 8)).toEqual(borne(8))
      expect(answers.slice(8)).toEqual(ids.slice(8).map(() => expect.any(Number)))
      expect(await one.count(from('h:fedcba9876543210'))).toBeUndefined()
    })

    it('counts what comes from no known network together', async () => {
      const { one } = await create(LIMITS)
      expect(await counted(one, from(undefined), 3)).toEqual(borne(3))
      expect(await one.count(from(undefined))).toBeGreaterThan(0)
      expect(await one.count(FAILURE)).toBeUndefined()
    })

    it.each([
      ['no character', ''],
      ['a NUL', 'svc_\0'],
      ['half a surrogate pair', '\ud800'],
      ['characters beyond ASCII', '\u4f1a\u8b70'],
      ['10,000 characters', 'x'.repeat(10_000)],
      ['what SQL means something by', `' or ''='`],
    ])('counts an id of %s like any other', async (_, clientId) => {
      const { one } = await create(LIMITS)
      expect(await counted(one, from(NETWORK, clientId), 3)).toEqual(borne(3))
      expect(await one.count(from(NETWORK, clientId))).toBeGreaterThan(0)
    })

    it('begins anew when the window is over, in every process', async () => {
      const { one, other, elapse } = await create({ ...LIMITS, windowSeconds: 2 })
      await counted(one, FAILURE, 3)
      expect([await one.count(FAILURE), await other.count(FAILURE)]).toEqual([expect.any(Number), expect.any(Number)])
      await elapse(2.1)
      expect([await other.count(FAILURE), await one.count(FAILURE)]).toEqual(borne(2))
    })
  })
}
