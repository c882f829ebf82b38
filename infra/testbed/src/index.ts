export { startServer, type ChildServer } from './child-server.ts'
export { openPool } from './open-pool.ts'
export type { RegisteredClient } from './register-clients.ts'
export { startTestbed, type Deployment, type Replica, type Testbed } from './testbed.ts'
