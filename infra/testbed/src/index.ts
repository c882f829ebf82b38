export { startServer, type ChildServer, type StartOptions } from './child-server.ts'
export { openPool } from './open-pool.ts'
export type { RegisteredClient } from './register-clients.ts'
export { deploy, startTestbed, type Deployment, type Replica, type Testbed } from './testbed.ts'
