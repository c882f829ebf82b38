import type { Log } from '@ac/kernel'
import type { LoggerService } from '@nestjs/common'

/** Nest's own complaints as lines of our log; its chatter about modules and routes is left out. */
export const nestLog = (log: Log): LoggerService => ({
  log: () => {},
  warn: (message: unknown) => log.warn(String(message)),
  error: (message: unknown) => log.error(String(message)),
  fatal: (message: unknown) => log.error(String(message)),
})
