export {
  BinariesMissing,
  DataDirectoryBroken,
  DataDirectoryInUse,
  EmbeddedPostgresError,
  ForeignDatabase,
  NotReadyInTime,
  PermissionMissing,
  PortInUse,
  StartFailed,
  TestServerUnavailable,
} from './errors.ts'
export type { ServerExit } from './server/launch.ts'
export { startPostgres } from './start-postgres.ts'
export type { PostgresOptions, PostgresServer } from './start-postgres.ts'
export { createTestDatabase, dropTestDatabase } from './test-database.ts'
export type { TestDatabase } from './test-database.ts'
export { startTestServer } from './test-server/start-test-server.ts'
export type { TestServer } from './test-server/test-server.ts'
