import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { FIELDS } from '../../src/logging/loggable.ts'
import { RequestLog } from '../../src/logging/request-log.ts'

const page = readFileSync(new URL('../../../../../docs/observability/logs.md', import.meta.url), 'utf8')
const LABELS = { service: 'ac-service', version: '0.1.0', environment: 'production', region: 'eu' }

describe('docs/observability/logs.md', () => {
  it('has a row for every field, and says how much of it is shown', () => {
    const rows = [...page.matchAll(/^\| `(\w+)` \| (plain|text) \|/gm)].map(([, name, shown]) => [name, shown])
    expect(rows).toEqual(Object.entries(FIELDS))
  })

  it('shows a line as it is written', () => {
    const [, shown = ''] = /```json\n(.+)\n```/.exec(page) ?? []
    let written = ''
    new RequestLog({ write: (line) => (written = line) }, LABELS).observe({
      method: 'POST',
      route: '/oauth2/token',
      status: 200,
      seconds: 0.003_21,
      requestId: 'wHk2v1Jc8mQA-1f',
      trace: { traceId: '0af7651916cd43dd8448eb211c80319c' },
    })
    const untimed = (line: string): string => line.trim().replace(/"time":"[^"]+"/, '')
    expect(untimed(shown)).toBe(untimed(written))
  })
})
