import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { eventually } from '../src/eventually.ts'
import { runbookUrl, type Runbook } from '../src/runbooks.ts'
import { startScene, type Scene } from '../src/scene/scene.ts'
import type { Notification } from '../src/servers/webhook.ts'

const LIMIT_MS = 90_000
const CRITICAL = 'critical'

let scene: Scene
beforeAll(async () => {
  scene = await startScene(() => undefined)
  await eventually('all objectives have budgets', LIMIT_MS, async () => (await budgets()).size >= 3)
}, 2 * LIMIT_MS)
afterAll(() => scene.stop(), LIMIT_MS)

/** What is left of the error budgets, by objective. */
async function budgets(): Promise<ReadonlyMap<string, number>> {
  const series = await scene.prometheus.query('slo:ac_error_budget_left:ratio30d')
  return new Map(series.map(({ labels, points }) => [labels['slo'] ?? '', points[0]?.[1] ?? Number.NaN]))
}

const isAbout = (alertname: string) => (alert: Notification['alerts'][number]) =>
  alert.labels['alertname'] === alertname && alert.labels['severity'] === CRITICAL

/** The alert as the pager is told it. */
const paged = (alertname: string, status: 'firing' | 'resolved') =>
  eventually(`the pager is told that ${alertname} is ${status}`, LIMIT_MS, () =>
    scene.webhook.notifications
      .filter(({ receiver }) => receiver === 'pager')
      .flatMap(({ alerts }) => alerts.filter(isAbout(alertname)))
      .find((alert) => alert.status === status),
  )

// One story; each test is a step of it.
describe('when the database is killed', () => {
  let before: ReadonlyMap<string, number>

  it('nobody has been paged, and the budgets are full', async () => {
    before = await budgets()
    expect(scene.webhook.notifications.filter(({ receiver }) => receiver === 'pager')).toEqual([])
    expect(before.get('issuance-availability')).toBe(1)
    expect(before.get('jwks-availability')).toBe(1)
    await scene.database.kill()
  })

  it.each([
    ['AcDatabaseConnectionFailures', 'AC-004-database-connection-failures'],
    ['AcIssuanceAvailabilityBurn', 'SLO-issuance-availability'],
  ] as const satisfies readonly (readonly [string, Runbook])[])(
    'the pager is told %s, with the address of its runbook',
    async (alertname, runbook) => {
      const { labels, annotations } = await paged(alertname, 'firing')
      expect(labels).toMatchObject({ severity: CRITICAL, namespace: 'ac', job: 'ac-service' })
      expect(annotations['runbook_url']).toBe(runbookUrl(runbook))
    },
    LIMIT_MS,
  )

  it(
    'the error budget of issuance moves, that of the JWKS does not',
    async () => {
      await eventually('the budget is smaller', LIMIT_MS, async () => {
        const left = (await budgets()).get('issuance-availability') ?? 1
        return left < 0.9
      })
      expect((await budgets()).get('jwks-availability')).toBe(1)
    },
    LIMIT_MS,
  )

  it(
    'all is told to be over after the database has returned',
    async () => {
      await scene.database.start()
      for (const alertname of ['AcDatabaseConnectionFailures', 'AcIssuanceAvailabilityBurn']) {
        expect((await paged(alertname, 'resolved')).annotations['runbook_url']).toMatch(/[.]md$/)
      }
      await eventually('the pager has nothing left', LIMIT_MS, async () => {
        const alerts = await scene.prometheus.alerts()
        return alerts.every(({ labels, state }) => labels['severity'] !== CRITICAL || state !== 'firing')
      })
    },
    2 * LIMIT_MS,
  )
})

describe('when audit events are refused', () => {
  it(
    'the pager is told, with the address of the runbook',
    async () => {
      await scene.allowAudit(false)
      const { annotations } = await paged('AcAuditWriteFailure', 'firing')
      expect(annotations['runbook_url']).toBe(runbookUrl('AC-007-audit-write-failure'))
    },
    LIMIT_MS,
  )

  it(
    'and told that it is over when they are taken again',
    async () => {
      await scene.allowAudit(true)
      expect(await paged('AcAuditWriteFailure', 'resolved')).toMatchObject({ status: 'resolved' })
    },
    LIMIT_MS,
  )
})
