import { parseArgs } from 'node:util'
import { conduct, type Finding } from './conduct.ts'
import type { Fault } from './experiment.ts'
import { callers } from './faults/callers.ts'
import { clock } from './faults/clock.ts'
import { databaseGone } from './faults/database-gone.ts'
import { databaseIll } from './faults/database-ill.ts'
import { network } from './faults/network.ts'
import { replicas } from './faults/replicas.ts'
import { shutdown } from './faults/shutdown.ts'
import { formatFindings } from './format-findings.ts'
import { setStage } from './stage/stage.ts'

/**
 * `npm run chaos [-- --only TEXT]`: brings faults upon two real replicas under load, one after the other, and prints what
 * became of the requests. Exits 1 when one promise was broken. The last line counts the faults.
 */
const FAULTS: readonly Fault[] = [
  ...databaseGone,
  ...network,
  ...databaseIll,
  ...replicas,
  ...shutdown,
  ...callers,
  ...clock,
]

const say = (line: string): void => void process.stdout.write(`${line}\n`)

async function main(only: string): Promise<void> {
  const chosen = FAULTS.filter(({ name }) => name.includes(only))
  if (chosen.length === 0) throw new Error(`no fault's name contains ${JSON.stringify(only)}`)
  const stage = await setStage(say)
  const findings: Finding[] = []
  try {
    for (const fault of chosen) {
      say(`${fault.name} ...`)
      const finding = await conduct(fault, stage)
      findings.push(finding)
      for (const sentence of finding.broken) say(`  broken: ${sentence}`)
    }
  } finally {
    await stage.stop()
  }
  const failed = findings.filter(({ broken }) => broken.length > 0).length
  say(`\n${formatFindings(findings)}\n\n${findings.length - failed} passed, ${failed} failed`)
  if (failed > 0) process.exitCode = 1
}

for (const [signal, exitCode] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.once(signal, () => process.exit(exitCode))
}

try {
  const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } })
  await main(values.only)
} catch (error) {
  process.stderr.write(`chaos: ${(error as Error).message}\n`)
  process.exitCode = 1
}
