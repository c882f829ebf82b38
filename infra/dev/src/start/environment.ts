import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Address } from './free-address.ts'
import { readPrivate, writePrivate } from './private-file.ts'

/** Where the two listeners of a local service are. */
export interface Addresses {
  readonly http: Address
  readonly management: Address
}

/** What the caller may not set for a local service: they are made here, and come as files. */
const OURS = ['DATABASE_URL', 'AC_MASTER_KEY', 'AC_HASH_SECRET', 'AC_DATABASE_TLS', 'AC_DATABASE_CA_FILE']

/** On loopback, stopping at once, and quiet: what the terminal shows is ours. */
const LOCAL_DEFAULTS = {
  AC_HTTP_HOST: '127.0.0.1',
  AC_MANAGEMENT_HOST: '127.0.0.1',
  AC_SHUTDOWN_DELAY_MS: '0',
  AC_LOG_LEVEL: 'warn',
  AC_DATABASE_TLS: 'disable',
}

/** What the caller's environment says, over the defaults of a local service. */
export function localVariables(given: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const inherited = Object.entries(given).filter(
    ([name, value]) => value !== '' && !OURS.includes(name.replace(/_FILE$/, '')),
  )
  return { ...LOCAL_DEFAULTS, ...Object.fromEntries(inherited) }
}

/**
 * The whole environment of a local service and of acctl. Secrets are files below `directory`, so that no process list
 * shows them; those that are not there yet are made.
 * @throws {StartFailed} a file cannot be read or written
 */
export async function localEnvironment(
  directory: string,
  databaseUrl: string,
  variables: NodeJS.ProcessEnv,
  { http, management }: Addresses,
): Promise<NodeJS.ProcessEnv> {
  const file = (name: string): string => join(directory, name)
  await writePrivate(file('database-url'), databaseUrl)
  for (const key of [file('master-key'), file('hash-secret')]) {
    if ((await readPrivate(key)) === undefined) await writePrivate(key, randomBytes(32).toString('base64'))
  }
  return {
    AC_ISSUER: http.url,
    ...variables,
    AC_HTTP_PORT: http.port,
    AC_MANAGEMENT_PORT: management.port,
    DATABASE_URL_FILE: file('database-url'),
    AC_MASTER_KEY_FILE: file('master-key'),
    AC_HASH_SECRET_FILE: file('hash-secret'),
  }
}
