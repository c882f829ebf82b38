import type { CommanderError } from 'commander'
import type { Failure } from './failure.ts'

/** Words of a command line that may be repeated to whoever wrote it. Anything else may be a secret in a wrong place. */
const HARMLESS = /^[\w.-]{0,40}$/

/** What a wrong command line looks like; `undefined` when help or the version was asked for. */
export function usageFailure(error: CommanderError, args: readonly string[]): Failure | undefined {
  if (error.exitCode === 0) return undefined
  const description = error.code === 'commander.help' ? 'name one of the commands' : withoutValues(error.message, args)
  return { exitCode: 2, code: 'usage', description: description.replace(/^error: /, '').replace(/\n/g, ' ') }
}

function withoutValues(message: string, args: readonly string[]): string {
  const values = args.flatMap((arg) => [arg, arg.slice(arg.indexOf('=') + 1)]).filter((value) => !HARMLESS.test(value))
  return values.reduce((text, value) => text.replaceAll(value, '...'), message)
}
