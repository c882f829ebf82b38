import { isIP } from 'node:net'
import type { ConnectionOptions } from 'node:tls'
import { InvalidDatabaseUrl } from './invalid-database-url.ts'

/** `verify-full`: encrypted, certificate chain and host name checked. `disable`: only where no network is crossed. */
export type DatabaseTls = 'verify-full' | 'disable'

/** Where the database is and how to prove it, with nothing left for the driver to guess. */
export interface DatabaseAddress {
  /** A host name, an IP address, or the directory of a unix socket. */
  readonly host: string
  readonly port: number
  readonly database: string
  readonly user: string
  readonly password: string | undefined
  readonly ssl: ConnectionOptions | false
}

const FORM = 'must have the form postgresql://user:password@host:port/database'
/** A user and no host, as libpq allows before `?host=`; a URL by the WHATWG's rules cannot be like that. */
const NO_HOST = /^([^/?#]*:\/\/[^/?#]*@)(?=[:/])/

/**
 * Reads `postgresql://user:password@host:port/database`, or `postgresql://user@/database?host=/socket/directory`. We
 * read it ourselves because the driver lets an `sslmode` in the URL silently overrule the TLS options that it is given.
 * @param ca PEM certificates to trust instead of the system's
 * @throws {InvalidDatabaseUrl} another form, more than one host, unknown parameters, any `sslmode` but `verify-full`,
 * or `disable` for a host that is reached over a network
 */
export function parseDatabaseUrl(text: string, tls: DatabaseTls, ca?: string): DatabaseAddress {
  const url = URL.parse(text.replace(NO_HOST, '$1unnamed'))
  if (!url || !/^postgres(?:ql)?:$/.test(url.protocol) || url.hash !== '') throw new InvalidDatabaseUrl(FORM)
  const named = NO_HOST.test(text) ? '' : decode(url.hostname).replace(/^\[(.*)\]$/, '$1')
  const { socketDirectory } = readParameters(url, tls)
  if (named !== '' && socketDirectory !== undefined) throw new InvalidDatabaseUrl('must name one host only')
  const host = socketDirectory ?? named
  const database = decode(url.pathname.slice(1))
  const user = decode(url.username)
  if (host === '') throw new InvalidDatabaseUrl('must name a host')
  if (host.includes(',')) throw new InvalidDatabaseUrl('must name one host only')
  if (user === '') throw new InvalidDatabaseUrl('must name a user')
  if (database === '' || database.includes('/')) throw new InvalidDatabaseUrl('must name one database')
  return {
    host,
    port: url.port === '' ? 5432 : Number(url.port),
    database,
    user,
    password: url.password === '' ? undefined : decode(url.password),
    ssl: tlsOptions(host, tls, ca),
  }
}

function readParameters(url: URL, tls: DatabaseTls): { readonly socketDirectory: string | undefined } {
  for (const name of url.searchParams.keys()) {
    if (name !== 'sslmode' && name !== 'host') {
      throw new InvalidDatabaseUrl('may carry no parameters but sslmode=verify-full and host=/socket/directory')
    }
  }
  const modes = url.searchParams.getAll('sslmode')
  if (modes.some((mode) => mode !== 'verify-full')) throw new InvalidDatabaseUrl('sslmode may only be verify-full')
  if (modes.length > 0 && tls === 'disable') {
    throw new InvalidDatabaseUrl('sslmode=verify-full contradicts AC_DATABASE_TLS=disable')
  }
  const directories = url.searchParams.getAll('host')
  if (directories.length === 0) return { socketDirectory: undefined }
  const [directory] = directories
  if (directories.length > 1 || !directory?.startsWith('/')) {
    throw new InvalidDatabaseUrl('host= may only name one unix socket directory')
  }
  return { socketDirectory: directory }
}

function tlsOptions(host: string, tls: DatabaseTls, ca: string | undefined): ConnectionOptions | false {
  if (tls === 'disable') {
    if (host.startsWith('/') || isLoopback(host)) return false
    throw new InvalidDatabaseUrl('AC_DATABASE_TLS=disable is for loopback addresses and unix sockets only')
  }
  if (host.startsWith('/')) throw new InvalidDatabaseUrl('a unix socket needs AC_DATABASE_TLS=disable')
  return {
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
    // The name that is sent (SNI) must not be an address; the certificate is checked against `host` in both cases.
    ...(isIP(host) === 0 && { servername: host }),
    ...(ca !== undefined && { ca }),
  }
}

/** What only looks like an address, such as 127.1 or 127.0.0.1.example, is a name, and may lead anywhere. */
const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw new InvalidDatabaseUrl('has a broken percent-encoding')
  }
}
