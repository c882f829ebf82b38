import { defaulted } from '../environment-variable.ts'
import { wholeNumber } from '../formats/whole-number.ts'
import { part, type PartValue } from '../reading/part.ts'

/** Variables of what is refused when there is too much of it. */
export const limitsVariables = {
  rateLimitWindowSeconds: defaulted('900', {
    name: 'AC_RATE_LIMIT_WINDOW_SECONDS',
    description: 'time over which failed client authentications are counted, in seconds',
    format: wholeNumber(1, 86_400),
  }),
  rateLimitMaxFailures: defaulted('5', {
    name: 'AC_RATE_LIMIT_MAX_FAILURES',
    description: 'failed client authentications within that time before the answer is 429',
    format: wholeNumber(1, 10_000),
  }),
  maxInFlight: defaulted('200', {
    name: 'AC_MAX_IN_FLIGHT',
    description: 'requests worked on at once before further ones are answered 503',
    format: wholeNumber(1, 100_000),
  }),
}

export const limits = part(limitsVariables, (values) => values)

/** When the service says no. */
export type LimitsConfig = PartValue<typeof limits>
