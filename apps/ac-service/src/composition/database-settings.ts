import type { DatabaseConfig } from '@ac/environment'
import type { DatabaseSettings } from '@ac/postgres'

/** The configured database, as the service connects to it. */
export const databaseSettings = ({ certificateAuthorities: ca, ...database }: DatabaseConfig): DatabaseSettings => ({
  ...database,
  ca,
  applicationName: 'ac-service',
})
