import { Overloaded, Unavailable } from '@ac/kernel'
import { RecordingLog } from '@ac/kernel/testing'
import { beforeEach, describe, expect, it } from '@jest/globals'
import { FailureLog } from './failure-log.ts'

let log: RecordingLog
let now: number
let failures: FailureLog
const database = () => new Unavailable('database', { cause: new Error('refused') })

beforeEach(() => {
  log = new RecordingLog()
  now = 0
  failures = new FailureLog(log, () => now)
})

describe('FailureLog', () => {
  it('tells a failure with its dependency, cause and request at once', () => {
    failures.note(database(), 'r-1')
    expect(log.lines).toMatchObject([
      { level: 'warn', fields: { error: 'unavailable', dependency: 'database', cause: 'refused', request_id: 'r-1' } },
    ])
  })

  it('counts the same failure for five seconds, and then tells how often it happened', () => {
    for (let request = 0; request < 1000; request++) failures.note(database(), `r-${request}`)
    expect(log.lines).toHaveLength(1)
    now = 5000
    failures.note(database(), 'r-last')
    expect(log.lines).toHaveLength(2)
    expect(log.lines[1]).toMatchObject({ fields: { others_since_last_line: 999, request_id: 'r-last' } })
  })

  it('does not let one failure hide another', () => {
    failures.note(database(), 'r-1')
    failures.note(new Unavailable('audit trail'), 'r-2')
    failures.note(new Overloaded('audit'), 'r-3')
    expect(log.lines).toHaveLength(3)
  })
})
