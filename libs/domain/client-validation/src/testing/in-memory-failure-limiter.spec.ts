import { MovingClock } from '@ac/kernel/testing'
import { failureLimiterContract } from './failure-limiter-contract.ts'
import { InMemoryFailureLimiter, type FailureWindow } from './in-memory-failure-limiter.ts'

failureLimiterContract('InMemoryFailureLimiter', async (limits) => {
  const clock = new MovingClock()
  const windows = new Map<string, FailureWindow>()
  const [one, other] = [0, 1].map(() => new InMemoryFailureLimiter(limits, clock.now, windows))
  if (!one || !other) throw new Error('there are two')
  return { one, other, elapse: async (seconds) => clock.advanceSeconds(seconds) }
})
