import { setTimeout as sleep } from 'node:timers/promises'
import { createTestDatabase } from '@ac/embedded-postgres'
import type { SessionPool } from '@ac/postgres'
import { DatabaseServer, deploy, openPool, type Deployment, type RegisteredClient } from '@ac/testbed'
import { FaultProxy } from './fault-proxy.ts'
import { ReplicaSlot } from './replica-slot.ts'
import { prepareSlowTables } from './slow-tables.ts'

const CLIENTS = 20

/** What every replica here is told besides its defaults: shutdowns that a suite can wait for. */
const ENVIRONMENT = { AC_SHUTDOWN_DELAY_MS: '2000' }

/**
 * Two replicas on one durable PostgreSQL, to which they come through a {@link FaultProxy}. What looks at the database
 * from outside goes there directly.
 */
export interface Stage {
  readonly database: DatabaseServer
  readonly proxy: FaultProxy
  readonly deployment: Deployment
  readonly replicas: readonly [ReplicaSlot, ReplicaSlot]
  readonly clients: readonly RegisteredClient[]
  /** Runs one statement as the owner of the tables. */
  readonly query: <Row>(text: string, values?: unknown[]) => Promise<readonly Row[]>
  /** Ends all of it. */
  readonly stop: () => Promise<void>
}

export async function setStage(say: (line: string) => void): Promise<Stage> {
  say('starting PostgreSQL and two replicas')
  const database = new DatabaseServer()
  await database.start()
  const proxy = new FaultProxy(database.port)
  const direct = (await createTestDatabase(database.url)).url
  const proxied = new URL(direct)
  proxied.port = String(await proxy.open())
  const deployment = await deploy(direct, ENVIRONMENT)
  const clients = await deployment.register(CLIENTS)
  await prepareSlowTables((text, values) => query(direct, text, values))
  const environment = { DATABASE_URL: proxied.href }
  const replicas = [new ReplicaSlot(deployment, environment), new ReplicaSlot(deployment, environment)] as const
  for (const slot of replicas) await slot.start()
  return {
    database,
    proxy,
    deployment,
    replicas,
    clients,
    query: (text, values) => query(direct, text, values),
    stop: async () => {
      for (const { replica } of replicas) await replica.stop()
      await proxy.close()
      await database.discard()
    },
  }
}

/** On a connection of its own: those of before may have died with the server. */
async function query<Row>(url: string, text: string, values: unknown[] = []): Promise<readonly Row[]> {
  const pool = openPool(url, 1, 60_000)
  try {
    return await asOwner(pool, text, values)
  } finally {
    await pool.end()
  }
}

async function asOwner<Row>(pool: SessionPool, text: string, values: unknown[]): Promise<readonly Row[]> {
  const session = await pool.connect()
  try {
    await session.query('reset role', [])
    return (await session.query<Row>(text, values)).rows
  } finally {
    session.release()
  }
}

/**
 * Waits until `condition` holds.
 * @returns how long that took, in milliseconds; `limitMs` when it did not come to hold
 */
export async function until(condition: () => Promise<boolean>, limitMs: number): Promise<number> {
  const began = performance.now()
  while (performance.now() - began < limitMs) {
    if (await condition()) return performance.now() - began
    await sleep(50)
  }
  return limitMs
}
