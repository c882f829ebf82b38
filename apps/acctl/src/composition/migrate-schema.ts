import { migrate, type DatabaseSettings } from '@ac/postgres'
import { MigrationFailed } from '../failures/migration-failed.ts'
import { SILENT_LOG } from './silent-log.ts'

/**
 * Runs pending migrations.
 * @throws {MigrationFailed} one of them failed, and which; nothing was changed
 * @throws {Unavailable} no connection, or a lock was not to be had in time; nothing was changed
 */
export async function migrateSchema(settings: DatabaseSettings): Promise<readonly string[]> {
  let failed: unknown
  try {
    // The adapter tells only its log which migration failed.
    return await migrate(settings, { ...SILENT_LOG, error: (_, fields) => (failed = fields?.['migration']) })
  } catch (error) {
    throw typeof failed === 'string' ? new MigrationFailed(failed, { cause: error }) : error
  }
}
