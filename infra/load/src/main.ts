import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { startTestbed } from '@ac/testbed'
import { load } from './load.ts'
import { parseOptions, WrongUsage, type Options } from './options.ts'
import { complaints, formatReport } from './report.ts'
import { formatHtml } from './report-html.ts'

/** `npm run load`: constant arrival rate against real replicas; exits 1 when the service does not keep up. */
const RESULTS = fileURLToPath(new URL('../results/', import.meta.url))

const say = (line: string): void => void process.stdout.write(`${line}\n`)

async function main(options: Options): Promise<void> {
  const testbed = await startTestbed(say)
  try {
    const report = await load(testbed, options, say)
    const name = `${RESULTS}${report.when.replaceAll(':', '-')}`
    await mkdir(RESULTS, { recursive: true })
    await writeFile(`${name}.json`, `${JSON.stringify(report, null, 2)}\n`)
    await writeFile(`${name}.html`, formatHtml(report))
    say(`\n${formatReport(report)}\nwritten to ${name}.html and .json`)
    if (complaints(report).length > 0) process.exitCode = 1
  } finally {
    await testbed.stop()
  }
}

// By then the replicas are killed; the guard of the database stops it and deletes its data.
for (const [signal, exitCode] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.once(signal, () => process.exit(exitCode))
}

try {
  await main(parseOptions(process.argv.slice(2)))
} catch (error) {
  process.stderr.write(`load: ${(error as Error).message}\n`)
  process.exitCode = error instanceof WrongUsage ? 2 : 1
}
