import { fileName, type EnvironmentVariable } from '../environment-variable.ts'
import type { EnvironmentProblem } from '../invalid-environment.ts'
import { readTextFile } from './read-text-file.ts'

const MAX_SECRET_BYTES = 64 * 1024
const MAX_FILE_BYTES = 1024 * 1024

/** The text of a variable; `undefined` when it is not set. An empty variable counts as not set. */
export type FoundText = { readonly text: string | undefined } | EnvironmentProblem

/** Looks for a variable's text in the environment and in the file that it may name. */
export function findText(variable: EnvironmentVariable<unknown>, env: NodeJS.ProcessEnv): FoundText {
  const { name, from } = variable
  const own = env[name] || undefined
  if (from === 'text') return { text: own }
  if (from === 'file') return own === undefined ? { text: undefined } : readNamedFile(name, own, MAX_FILE_BYTES)

  const path = env[fileName(name)] || undefined
  if (path === undefined) return { text: own }
  if (own !== undefined) return { variable: name, problem: `must not be set together with ${fileName(name)}` }
  return findSecret(variable, path)
}

function findSecret({ name, whenAbsent }: EnvironmentVariable<unknown>, path: string): FoundText {
  const found = readNamedFile(fileName(name), path, MAX_SECRET_BYTES)
  if (!('text' in found)) return found
  // Editors and `echo` end a file with a newline that is no part of the secret.
  const text = found.text?.replace(/\r?\n$/, '') || undefined
  if (text !== undefined || whenAbsent) return { text }
  return { variable: fileName(name), problem: 'must name a file that is not empty' }
}

function readNamedFile(variable: string, path: string, maxBytes: number): FoundText {
  const file = readTextFile(path, maxBytes)
  if ('text' in file) return file
  return { variable, problem: `must name a readable file of at most ${maxBytes} bytes (${file.fault})` }
}
