import { Secret } from '@ac/kernel'
import type { DatabaseSettings } from '../src/connection/database-settings.ts'

/** Settings for a server on loopback, generous enough for a busy machine. */
export const settingsFor = (url: string, over: Partial<DatabaseSettings> = {}): DatabaseSettings => ({
  url: new Secret(url),
  tls: 'disable',
  ca: undefined,
  poolSize: 4,
  acquireTimeoutMs: 10_000,
  statementTimeoutMs: 10_000,
  applicationName: 'postgres specs',
  ...over,
})
