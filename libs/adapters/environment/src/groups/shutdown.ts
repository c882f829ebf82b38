import { defaulted } from '../environment-variable.ts'
import { wholeNumber } from '../formats/whole-number.ts'
import { part, type PartValue } from '../reading/part.ts'

/** Variables of the way to stop. */
export const shutdownVariables = {
  delayMs: defaulted('5000', {
    name: 'AC_SHUTDOWN_DELAY_MS',
    description: 'how long the API goes on serving after SIGTERM while `/ready` is 503, in milliseconds',
    format: wholeNumber(0, 300_000),
  }),
  timeoutMs: defaulted('30000', {
    name: 'AC_SHUTDOWN_TIMEOUT_MS',
    description: 'how long a shutdown may take in all, delay included, in milliseconds',
    format: wholeNumber(1, 600_000),
  }),
}

export const shutdown = part(shutdownVariables, (values) => values)

/** How the process stops; the timeout includes the delay. */
export type ShutdownConfig = PartValue<typeof shutdown>
