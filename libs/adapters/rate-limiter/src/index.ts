export type { Statement, StatementClient, StatementResult } from './failures/failure-store.ts'
export { PostgresFailureLimiter, type PostgresFailureLimiterDeps } from './failures/postgres-failure-limiter.ts'
export { sourceNetwork } from './source-network.ts'
