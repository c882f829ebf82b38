import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'

const SWEEP_MS = 100

/**
 * Ends, once `server` closes, every connection that no whole request came on: Node closes those between two requests, but
 * waits for ever for one that never said anything, as load balancers open ahead, and for one that stopped in the middle
 * of its headers.
 */
export function endUnusedConnections(server: FastifyInstance): void {
  const requests = new Map<Socket, number>()
  const count = (socket: Socket, change: number): void => {
    const before = requests.get(socket)
    if (before !== undefined) requests.set(socket, before + change)
  }
  const endUnused = (): void => {
    for (const [socket, underWay] of requests) if (underWay === 0) socket.destroy()
  }
  server.server.on('connection', (socket: Socket) => {
    requests.set(socket, 0)
    socket.once('close', () => requests.delete(socket))
  })
  server.server.on('request', ({ socket }, response) => {
    count(socket, 1)
    response.once('close', () => count(socket, -1))
  })
  server.addHook('preClose', (done) => {
    // Again and again: until the listener is closed, connections still come.
    const sweep = setInterval(endUnused, SWEEP_MS).unref()
    server.server.once('close', () => clearInterval(sweep))
    done()
  })
}
