import { readFileSync } from 'node:fs'
import { InvalidEnvironment } from '@ac/environment'
import { askOnTerminal } from '../confirmation/ask-on-terminal.ts'
import { explainFailure } from '../failures/explain-failure.ts'
import type { Failure } from '../failures/failure.ts'
import { jsonText } from '../output/json-text.ts'
import { visible } from '../output/visible.ts'
import { writeReport } from '../output/write-report.ts'
import { createProgram } from '../program.ts'
import type { Report } from '../report.ts'
import { PostgresWorkbench } from './postgres-workbench.ts'

/** A server that stopped answering never closes its side of a connection; the process does not wait for it. */
const LINGER_MS = 2000

/** Runs one command line and leaves its exit code; standard output carries results, standard error what went wrong. */
export async function start(args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const json = asksForJson(args)
  const workbench = new PostgresWorkbench(env)
  // A closed stream is told to whoever writes to it; unheard, it would end the process with a stack.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  const tell = async (report: Report): Promise<void> => {
    process.exitCode = report.exitCode ?? 0
    await writeReport(process.stdout, report, json)
  }
  const writeErr = (text: string): void => void (json || process.stderr.write(text))
  const ask = askOnTerminal({ input: process.stdin, output: process.stderr })
  try {
    await createProgram({ workbench, tell, ask, version: version(), writeErr }).parseAsync(args, { from: 'user' })
  } catch (error) {
    const failure = environmentFailure(error) ?? explainFailure(error, args)
    if (failure) fail(failure, json)
  } finally {
    setTimeout(() => process.exit(), LINGER_MS).unref()
    await workbench.close()
  }
}

/** Known before the command line is parsed, as a wrong one is answered in JSON, too. */
function asksForJson(args: readonly string[]): boolean {
  const end = args.indexOf('--')
  return args.slice(0, end === -1 ? undefined : end).includes('--json')
}

function version(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { readonly version: string }).version
}

function environmentFailure(error: unknown): Failure | undefined {
  if (!(error instanceof InvalidEnvironment)) return undefined
  return { exitCode: error.exitCode, code: 'invalid_environment', description: error.message }
}

function fail({ exitCode, code, description }: Failure, json: boolean): void {
  process.exitCode = exitCode
  const text = json
    ? jsonText({ error: code, error_description: description })
    : `acctl: ${description.split('\n').map(visible).join('\n')}`
  process.stderr.write(`${text}\n`)
}
