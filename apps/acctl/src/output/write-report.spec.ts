import { PassThrough, Writable } from 'node:stream'
import { describe, expect, it } from '@jest/globals'
import { ReportLost } from './report-lost.ts'
import { writeReport } from './write-report.ts'

const REPORT = { json: { keys: [] }, text: 'KID\n' }

/** A stream that refuses everything with this system error. */
function failing(code: string): Writable {
  const stream = new Writable({
    write: (_chunk, _encoding, done) => done(Object.assign(new Error('write failed'), { code })),
  })
  return stream.on('error', () => {})
}

describe('writeReport', () => {
  it('writes the text for people and the JSON for programs', async () => {
    const [people, programs] = [new PassThrough({ encoding: 'utf8' }), new PassThrough({ encoding: 'utf8' })]
    await writeReport(people, REPORT, false)
    await writeReport(programs, REPORT, true)
    expect(people.read()).toBe('KID\n')
    expect(JSON.parse(programs.read())).toEqual({ keys: [] })
  })

  it('has nothing to say when the reader has gone away', async () => {
    await expect(writeReport(failing('EPIPE'), REPORT, false)).resolves.toBeUndefined()
  })

  it('tells what is lost when the reader of a unique report has gone away', async () => {
    const lost = writeReport(failing('EPIPE'), { ...REPORT, whenLost: 'the secret is lost' }, false)
    await expect(lost).rejects.toMatchObject({ code: 'report_lost', consequence: 'the secret is lost' })
  })

  it('does not keep quiet about a full disk', async () => {
    await expect(writeReport(failing('ENOSPC'), REPORT, false)).rejects.toThrow(ReportLost)
  })
})
