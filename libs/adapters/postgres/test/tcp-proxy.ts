import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'

/**
 * A port in front of a server whose connections can be made to fail as networks make them fail. What is on its way while
 * connections are silent is lost.
 */
export class TcpProxy {
  /** Connections that were taken so far. */
  accepted = 0
  /** Whether new connections are taken and lead nowhere. */
  swallowNew = false
  readonly #server: Server
  readonly #pairs = new Set<{ readonly client: Socket; readonly server: Socket; silent: boolean }>()

  private constructor(server: Server, target: URL) {
    this.#server = server.on('connection', (socket) => this.#connected(socket, target))
  }

  /** @param url of the server */
  static async before(url: string): Promise<TcpProxy> {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    return new TcpProxy(server, new URL(url))
  }

  /** `url` through the proxy. */
  through(url: string): string {
    const through = new URL(url)
    through.host = `127.0.0.1:${(this.#server.address() as AddressInfo).port}`
    return through.href
  }

  /** Neither side hears anything more of the other on the connections that there are. */
  silence(): void {
    for (const pair of this.#pairs) pair.silent = true
  }

  /** Resets the connections that there are. */
  reset(): void {
    for (const { client } of this.#pairs) client.resetAndDestroy()
  }

  close(): void {
    this.#server.close()
    for (const { client, server } of this.#pairs) {
      client.destroy()
      server.destroy()
    }
  }

  #connected(client: Socket, { hostname, port }: URL): void {
    this.accepted++
    const server = connect({ host: hostname, port: Number(port) })
    const pair = { client, server, silent: this.swallowNew }
    this.#pairs.add(pair)
    const end = (): void => {
      // The other end of a silent connection is not told.
      if (pair.silent && !client.destroyed) return
      this.#pairs.delete(pair)
      client.destroy()
      server.destroy()
    }
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      from.on('data', (chunk) => pair.silent || to.write(chunk))
      from.on('error', () => undefined)
      from.on('close', end)
    }
  }
}
