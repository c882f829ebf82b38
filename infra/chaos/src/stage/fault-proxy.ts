import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** One client's connection and the one that the proxy made for it. */
interface Pair {
  readonly client: Socket
  readonly server: Socket
  silent: boolean
}

/** A TCP proxy on loopback that can do to a connection what networks do. */
export class FaultProxy {
  readonly #listener: Server
  readonly #pairs = new Set<Pair>()
  #delayMs = 0
  #silentFromNowOn = false
  #refusing = false

  /** @param targetPort where connections are led to, on loopback */
  constructor(targetPort: number) {
    this.#listener = createServer((client) => this.#accept(client, targetPort))
  }

  /** Begins to listen. @returns the port, which the system chose */
  async open(): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#listener.once('error', reject).listen(0, '127.0.0.1', resolve)
    })
    return (this.#listener.address() as AddressInfo).port
  }

  /** How many connections are open. */
  get connections(): number {
    return this.#pairs.size
  }

  /** Each piece of data takes this much longer, in both directions. */
  delay(ms: number): void {
    this.#delayMs = ms
  }

  /** Connections that are open now carry nothing any more, for ever, and nobody is told; new ones are good. */
  silenceOpen(): void {
    for (const pair of this.#pairs) pair.silent = true
  }

  /** As {@link silenceOpen}, for connections that come later as well. */
  silenceAll(): void {
    this.silenceOpen()
    this.#silentFromNowOn = true
  }

  /** Ends every open connection by RST. */
  resetOpen(): void {
    for (const { client, server } of this.#pairs) {
      client.resetAndDestroy()
      server.resetAndDestroy()
    }
  }

  /** Ends every connection, open or new, by RST. */
  refuse(): void {
    this.#refusing = true
    this.resetOpen()
  }

  /** Takes all faults away; what {@link silenceOpen} silenced stays silent. */
  heal(): void {
    this.#delayMs = 0
    this.#silentFromNowOn = false
    this.#refusing = false
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#listener.close(resolve))
    this.resetOpen()
    await closed
  }

  #accept(client: Socket, targetPort: number): void {
    // The socket may be reset at any time, by either side: that is what this is for.
    client.on('error', () => {})
    if (this.#refusing) {
      client.resetAndDestroy()
      return
    }
    const server = connect({ port: targetPort, host: '127.0.0.1' })
    const pair: Pair = { client, server, silent: this.#silentFromNowOn }
    this.#pairs.add(pair)
    client.setNoDelay(true)
    server.setNoDelay(true)
    this.#carry(pair, client, server)
    this.#carry(pair, server, client)
  }

  #carry(pair: Pair, from: Socket, to: Socket): void {
    // Each piece waits for the one before it, so that a delay never changes their order.
    let last = Promise.resolve()
    const pass = async (before: Promise<void>, delayMs: number, act: () => void): Promise<void> => {
      await before
      if (delayMs > 0) await sleep(delayMs)
      if (!pair.silent && !to.destroyed) act()
    }
    const inTurn = (act: () => void): void => void (last = pass(last, this.#delayMs, act))
    from.on('data', (data) => inTurn(() => void to.write(data)))
    from.on('end', () => inTurn(() => void to.end()))
    from.on('error', () => {})
    from.on('close', () => {
      // The other end of a silent connection is not told.
      if (!pair.silent) to.destroy()
      if (pair.client.destroyed && pair.server.destroyed) this.#pairs.delete(pair)
    })
  }
}
