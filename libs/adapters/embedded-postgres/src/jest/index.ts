export { testServerUrl, useTestDatabase } from './use-test-database.ts'
export type { UsedTestDatabase } from './use-test-database.ts'
