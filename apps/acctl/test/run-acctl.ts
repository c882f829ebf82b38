import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** How a run of the built program ended. */
export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** What {@link environmentOf} sets as `AC_MASTER_KEY`. */
export const MASTER_KEY = Buffer.alloc(32, 'm')

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url))
const LIMIT_MS = 25_000

/** What {@link environmentOf} sets as `AC_HASH_SECRET`. */
export const HASH_SECRET = Buffer.alloc(32, 7)

/** The environment of a program that works on a database of the tests. */
export const environmentOf = (url: string): NodeJS.ProcessEnv => ({
  DATABASE_URL: url,
  AC_DATABASE_TLS: 'disable',
  AC_DB_ACQUIRE_TIMEOUT_MS: '10000',
  AC_HASH_SECRET: HASH_SECRET.toString('base64'),
  AC_MASTER_KEY: MASTER_KEY.toString('base64'),
})

/**
 * Runs the built program in this environment and no other.
 * @param readsOutput `false` closes standard output before anything is written
 */
export async function runAcctl(env: NodeJS.ProcessEnv, args: readonly string[], readsOutput = true): Promise<Ended> {
  const child = spawn(process.execPath, [MAIN, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'], timeout: LIMIT_MS })
  if (!readsOutput) child.stdout.destroy()
  const written = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (written.stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (written.stderr += text))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, ...written }
}
