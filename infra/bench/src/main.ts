import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { startTestbed } from '@ac/testbed'
import { bench } from './bench.ts'
import { parseOptions, WrongUsage, type Options } from './options.ts'
import { failures, formatReport } from './report.ts'

/** `npm run bench [-- --seconds 10 --rounds 3]`: tokens per second beside the limit of the same machine, minute and run. */
const RESULTS = fileURLToPath(new URL('../results/', import.meta.url))

const say = (line: string): void => void process.stdout.write(`${line}\n`)

async function main(options: Options): Promise<void> {
  const testbed = await startTestbed(say)
  try {
    const report = await bench(testbed, options, say)
    await mkdir(RESULTS, { recursive: true })
    const file = `${RESULTS}${report.when.replaceAll(':', '-')}.json`
    await writeFile(file, `${JSON.stringify(report, null, 2)}\n`)
    say(`\n${formatReport(report)}\nwritten to ${file}`)
    if (failures(report) > 0) throw new Error(`${failures(report)} requests failed: the figures mean nothing`)
  } finally {
    await testbed.stop()
  }
}

// By then the servers are killed; the guard of the database stops it and deletes its data.
for (const [signal, exitCode] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.once(signal, () => process.exit(exitCode))
}

try {
  await main(parseOptions(process.argv.slice(2)))
} catch (error) {
  process.stderr.write(`bench: ${(error as Error).message}\n`)
  process.exitCode = error instanceof WrongUsage ? 2 : 1
}
