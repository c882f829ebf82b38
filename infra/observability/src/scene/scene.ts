import { createTestDatabase } from '@ac/embedded-postgres'
import { DatabaseServer, deploy, openPool } from '@ac/testbed'
import { readAlertmanagerFile, rehearsed } from '../rules/alertmanager-file.ts'
import { readRuleFile, ruleFiles } from '../rules/rule-files.ts'
import { scaledRules } from '../rules/scaled.ts'
import { startAlertmanager } from '../servers/alertmanager.ts'
import { startPrometheus, type Prometheus } from '../servers/prometheus.ts'
import { startWebhook, type Webhook } from '../servers/webhook.ts'
import { burst, mixedLoad, OPERATOR_SCOPE } from './mixed-load.ts'

/** So many times faster than in the cluster does time pass for the rules and for Alertmanager. */
export const SPEED = 30

/** Limits that a short scene comes up to. */
const ENVIRONMENT = {
  AC_MAX_IN_FLIGHT: '20',
  AC_JWKS_MAX_AGE_SECONDS: '3',
  AC_KEY_FORCE_ROTATION_MIN_INTERVAL_SECONDS: '10',
  AC_KEY_ROTATION_MIN_INTERVAL_SECONDS: '10',
}

const REPLICAS = ['ac-service-0', 'ac-service-1']
const USERS = 10
const TOO_MANY = 800

/**
 * Two replicas of the built service under mixed load, on a database that can be killed, watched by a real Prometheus and a
 * real Alertmanager with the shipped rules and routes. The pager and the chat are a webhook.
 */
export interface Scene {
  readonly database: DatabaseServer
  readonly prometheus: Prometheus
  readonly webhook: Webhook
  /** Takes away the service's right to write audit events, or gives it back. */
  readonly allowAudit: (isAllowed: boolean) => Promise<void>
  /** For a moment, more requests than the replicas take. Resolves when all are answered. */
  readonly overload: () => Promise<void>
  /** Ends the load and everything that was started. */
  readonly stop: () => Promise<void>
}

/** Starts all of it. @param say told each step */
export async function startScene(say: (step: string) => void): Promise<Scene> {
  const stops: (() => unknown)[] = []
  const stop = async (): Promise<void> => {
    for (const each of stops.splice(0).toReversed()) await each()
  }
  try {
    return { ...(await start(say, stops)), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function start(say: (step: string) => void, stops: (() => unknown)[]): Promise<Omit<Scene, 'stop'>> {
  say('starting PostgreSQL and two replicas')
  const database = new DatabaseServer()
  await database.start()
  stops.push(() => database.discard())
  const deployment = await deploy((await createTestDatabase(database.url)).url, ENVIRONMENT)
  const users = await deployment.register(USERS)
  const [operator] = await deployment.register(1, OPERATOR_SCOPE)
  if (operator === undefined) throw new Error('no operator was registered')
  const replicas = await Promise.all(REPLICAS.map(() => deployment.startReplica()))
  for (const replica of replicas) stops.push(() => replica.stop())

  say('starting Alertmanager and Prometheus')
  const webhook = await startWebhook()
  stops.push(() => webhook.stop())
  const alertmanager = await startAlertmanager(rehearsed(readAlertmanagerFile(), SPEED, webhook.url))
  stops.push(() => alertmanager.stop())
  const prometheus = await startPrometheus({
    targets: replicas.map(({ managementPort }, index) => ({
      port: managementPort,
      namespace: 'ac',
      pod: REPLICAS[index] ?? '',
    })),
    rules: ruleFiles().map((file) => scaledRules(readRuleFile(file), SPEED)),
    alertmanagerPort: alertmanager.port,
  })
  stops.push(() => prometheus.stop())

  say('putting mixed load on')
  const end = new AbortController()
  const parties = { apis: replicas.map(({ port }) => `http://127.0.0.1:${port}`), users, operator }
  const load = mixedLoad(parties, end.signal)
  stops.push(() => {
    end.abort()
    return load
  })
  return {
    database,
    prometheus,
    webhook,
    allowAudit: (isAllowed) => allowAudit(deployment.databaseUrl, isAllowed),
    overload: () => burst(parties, TOO_MANY),
  }
}

async function allowAudit(databaseUrl: string, isAllowed: boolean): Promise<void> {
  const pool = openPool(databaseUrl, 1)
  try {
    const session = await pool.connect()
    const change = isAllowed
      ? 'grant insert on audit_events to ac_service'
      : 'revoke insert on audit_events from ac_service'
    await session.query(`reset role; ${change}`, [])
    session.release()
  } finally {
    await pool.end()
  }
}
