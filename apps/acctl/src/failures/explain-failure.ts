import { CommanderError } from 'commander'
import { describeDatabaseFailure } from './database-failure.ts'
import type { Failure } from './failure.ts'
import { describeRefusal } from './refusals.ts'
import { usageFailure } from './usage-failure.ts'

/**
 * Any failure of a run as its caller is told; `undefined` when nothing failed. What nobody foresaw comes with its stack.
 * @param args the command line, for keeping its values out of the description
 */
export function explainFailure(error: unknown, args: readonly string[]): Failure | undefined {
  if (error instanceof CommanderError) return usageFailure(error, args)
  const refusal = describeRefusal(error)
  if (refusal) return { exitCode: 1, ...refusal }
  // Only the server's errors come as they are: what happens on the way to it is `Unavailable`.
  const refused = error instanceof Error && 'severity' in error ? describeDatabaseFailure(error) : undefined
  if (refused) return { exitCode: 1, code: 'database_refused', description: refused }
  return { exitCode: 1, code: 'unforeseen', description: error instanceof Error ? String(error.stack) : String(error) }
}
