import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { ROOT } from '../src/repository.ts'
import { ALERTMANAGER_FILE, readAlertmanagerFile } from '../src/rules/alertmanager-file.ts'
import { alertingRules } from '../src/rules/rule-files.ts'

const { inhibit_rules, receivers } = readAlertmanagerFile()
const alertNames = [...new Set(alertingRules().map(({ alert }) => alert))]

describe('the configuration of Alertmanager', () => {
  it('names only alerts that exist', () => {
    const patterns = inhibit_rules
      .flatMap(({ source_matchers, target_matchers }) => [...source_matchers, ...target_matchers])
      .flatMap((matcher) => /^alertname =~? "(.+)"$/.exec(matcher)?.[1]?.split('|') ?? [])
    expect(patterns.length).toBeGreaterThan(10)
    expect(patterns.filter((pattern) => !alertNames.some((name) => RegExp(`^(?:${pattern})$`).test(name)))).toEqual([])
  })

  it('holds no secret: keys and addresses of receivers come as files', () => {
    const text = readFileSync(join(ROOT, ALERTMANAGER_FILE), 'utf8')
    expect(text).not.toMatch(/^\s*(?:- )?(?:api_url|url|routing_key|service_key|password|bearer_token|credentials):/m)
    expect(text.match(/\w+_file: \/etc\/alertmanager\/secrets\//g)).toHaveLength(receivers.length)
  })

  it('tells when an alert is over', () => {
    expect(JSON.stringify(receivers).match(/"send_resolved":true/g)).toHaveLength(receivers.length)
  })
})
