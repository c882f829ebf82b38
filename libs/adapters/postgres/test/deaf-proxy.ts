import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { once } from 'node:events'

/** A way to a server on which answers can get lost while requests still arrive. */
export interface DeafProxy {
  /** `url` by way of the proxy. */
  readonly url: string
  /** From the next request that holds `text` on nothing that the server says comes through, until {@link hear}. */
  deafenAt(text: string): void
  hear(): void
  close(): void
}

export async function deafProxy(url: string): Promise<DeafProxy> {
  const { hostname, port } = new URL(url)
  const sockets = new Set<Socket>()
  let trigger: string | undefined
  let deaf = false
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname)
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(one)
      one.on('error', () => other.destroy())
      one.on('close', () => other.destroy())
    }
    client.on('data', (data) => {
      deaf ||= trigger !== undefined && data.includes(trigger)
      upstream.write(data)
    })
    upstream.on('data', (data) => deaf || client.write(data))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const through = new URL(url)
  through.host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url: through.href,
    deafenAt: (text) => void (trigger = text),
    hear: () => {
      trigger = undefined
      deaf = false
    },
    close: () => {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}
