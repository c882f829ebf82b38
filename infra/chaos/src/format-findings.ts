import type { Finding } from './conduct.ts'

/** The table: fault, requests, failed, how long the slowest of them took to fail, recovered after, verdict. */
export function formatFindings(findings: readonly Finding[]): string {
  const rows = [
    ['fault', 'requests', 'failed', 'slowest failure', 'recovered after', 'promises'],
    ...findings.map(({ fault, requests, failed, slowestFailureMs, recoveredAfterMs, broken }) => [
      fault,
      String(requests),
      String(failed),
      failed === 0 ? '-' : seconds(slowestFailureMs),
      recoveredAfterMs === undefined ? 'never' : seconds(recoveredAfterMs),
      broken.length === 0 ? 'kept' : `${broken.length} broken`,
    ]),
  ]
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        column === 0 || column === 5 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd()
  return rows.map(line).join('\n')
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`
