import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { StartFailed } from './start-failed.ts'
import { systemErrorCode } from './system-error.ts'

/** Where something listens, and the base URL by which this machine reaches it. */
export interface Address {
  /** As `AC_HTTP_PORT` takes it. */
  readonly port: string
  readonly url: string
}

/** An address that means all addresses, and the one of them that is always there. */
const LOOPBACK_OF: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' }
const HIGHEST_PORT = 65_535

/**
 * The address that `<prefix>_HOST` and `<prefix>_PORT` ask for, after making sure that a listener can be opened there.
 * Port 0 becomes one that the system chooses. What is no port at all is left for the service to refuse.
 * @throws {StartFailed} saying what is in the way and what to do about it
 */
export async function freeAddress(
  variables: NodeJS.ProcessEnv,
  prefix: 'AC_HTTP' | 'AC_MANAGEMENT',
  usualPort: number,
): Promise<Address> {
  const host = variables[`${prefix}_HOST`] ?? ''
  const asked = variables[`${prefix}_PORT`] ?? String(usualPort)
  const isPort = /^\d{1,5}$/.test(asked) && Number(asked) <= HIGHEST_PORT
  const port = isPort ? String(await probe(host, Number(asked), prefix)) : asked
  const reached = LOOPBACK_OF[host] ?? host
  return { port, url: `http://${reached.includes(':') ? `[${reached}]` : reached}:${port}` }
}

/** Opens a listener and closes it again. */
async function probe(host: string, port: number, prefix: string): Promise<number> {
  const server = createServer()
  try {
    await once(server.listen({ host, port, exclusive: true }), 'listening')
  } catch (cause) {
    const code = systemErrorCode(cause)
    throw new StartFailed(
      code === 'EADDRINUSE'
        ? `port ${port} of ${host} is in use: free it, or choose another with ${prefix}_PORT`
        : `port ${port} of ${host} cannot be opened (${code}): choose others with ${prefix}_HOST and ${prefix}_PORT`,
      1,
      { cause },
    )
  }
  const { port: opened } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return opened
}
