import type { Writable } from 'node:stream'
import type { Report } from '../report.ts'
import { jsonText } from './json-text.ts'
import { ReportLost } from './report-lost.ts'

/**
 * Writes a report to `stream`, as JSON or as text. A reader that has gone away, as `head` does, has what it wanted.
 * @throws {ReportLost} it could not be written; or its reader is gone, and it can be had only once
 */
export async function writeReport(stream: Writable, report: Report, json: boolean): Promise<void> {
  const text = json ? `${jsonText(report.json, 2)}\n` : report.text
  try {
    await new Promise<void>((resolve, reject) => {
      stream.write(text, (error) => (error ? reject(error) : resolve()))
    })
  } catch (cause) {
    const readerIsGone = (cause as NodeJS.ErrnoException).code === 'EPIPE'
    if (!readerIsGone || report.whenLost) throw new ReportLost(report.whenLost, { cause })
  }
}
