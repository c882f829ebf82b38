import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { eventually } from '../src/eventually.ts'
import { ALERTMANAGER_FILE, readAlertmanagerFile, rehearsed } from '../src/rules/alertmanager-file.ts'
import { startAlertmanager, type Alertmanager } from '../src/servers/alertmanager.ts'
import { startWebhook, type Webhook } from '../src/servers/webhook.ts'
import { runTool } from './run-tool.ts'

describe('amtool', () => {
  it('finds no fault in the configuration', async () => {
    expect(await runTool('amtool', 'check-config', ALERTMANAGER_FILE)).toMatchObject({ code: 0 })
  })

  it.each([
    ['severity=critical alertname=AcIssuanceAvailabilityBurn', 'pager'],
    ['severity=critical alertname=AcNoScrape job=ac-service', 'pager'],
    ['severity=warning alertname=AcRateLimitAbuse', 'chat'],
    ['severity=warning alertname=AcIssuanceAvailabilityBurn', 'chat'],
    ['severity=info alertname=SomethingNew', 'chat'],
    ['alertname=WithoutSeverity', 'chat'],
  ])('routes %s to %s alone', async (labels, receiver) => {
    const options = [`--config.file=${ALERTMANAGER_FILE}`, `--verify.receivers=${receiver}`]
    const { code, output } = await runTool('amtool', 'config', 'routes', 'test', ...options, ...labels.split(' '))
    expect({ code, output }).toEqual({ code: 0, output: expect.stringMatching(`^${receiver}\\b`) })
  })
})

/** Alerts as `name severity`, in the namespace `ac` unless `name severity namespace` says another; `-` is none. */
interface Case {
  readonly source: string
  readonly silenced: readonly string[]
  readonly told: readonly string[]
}

const CASES: Readonly<Record<string, Case>> = {
  'a critical alert silences the warning of the same thing in the same place': {
    source: 'AcSigningKeyAge critical',
    silenced: ['AcSigningKeyAge warning'],
    told: ['AcSigningKeyAge warning staging', 'AcRateLimitAbuse warning'],
  },
  'a service without scrape silences what is computed from its metrics': {
    source: 'AcNoScrape critical',
    silenced: ['AcTokenIssuanceLatency critical', 'AcIssuanceAvailabilityBurn critical', 'AcNoScrape warning'],
    told: ['AcAuditWriteFailure critical', 'AcRateLimitAbuse warning', 'AcTokenIssuanceLatency critical staging'],
  },
  'a service that Prometheus does not know silences it in every namespace': {
    source: 'AcNoScrape critical -',
    silenced: ['AcTokenIssuanceLatency critical', 'AcDatabaseConnectionFailures critical staging'],
    told: ['AcAuditWriteFailure critical'],
  },
  'a lost database silences what it explains, not the burn and not the audit trail': {
    source: 'AcDatabaseConnectionFailures critical',
    silenced: ['AcTokenIssuanceLatency critical', 'AcTokenValidationErrors critical'],
    told: [
      'AcIssuanceAvailabilityBurn critical',
      'AcAuditWriteFailure critical',
      'AcTokenIssuanceLatency critical staging',
    ],
  },
  'a warning silences nothing': {
    source: 'AcSigningKeyAge critical',
    silenced: ['AcSigningKeyAge warning'],
    told: ['AcTokenIssuanceLatency warning', 'AcNoScrape warning', 'AcAuditWriteFailure critical'],
  },
}

describe('an Alertmanager with the shipped inhibition', () => {
  let webhook: Webhook
  let alertmanager: Alertmanager
  beforeAll(async () => {
    webhook = await startWebhook()
    alertmanager = await startAlertmanager(rehearsed(readAlertmanagerFile(), 60, webhook.url))
  })
  afterAll(async () => {
    await alertmanager.stop()
    webhook.stop()
  })

  it.each(Object.entries(CASES))('%s', async (job, { source, silenced, told }) => {
    const alert = (text: string) => {
      const [alertname = '', severity = '', namespace = 'ac'] = text.split(' ')
      return { alertname, severity, job, ...(namespace !== '-' && { namespace }) }
    }
    await alertmanager.raise([source, ...silenced, ...told].map(alert))
    const inhibited = async () => {
      const held = (await alertmanager.alerts()).filter(({ labels }) => labels['job'] === job)
      return held.filter((one) => one.inhibited).map(({ labels }) => labels)
    }
    const labels = await eventually('all are silenced', 10_000, async () => {
      const found = await inhibited()
      return found.length >= silenced.length && found
    })
    expect(labels).toHaveLength(silenced.length)
    expect(labels).toEqual(expect.arrayContaining(silenced.map(alert)))
  })
})
