import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'

/** A server that takes connections and never closes one, not even when the other side has. */
export interface StubbornServer {
  readonly port: number
  close(): void
}

/** A message of PostgreSQL's protocol. */
const message = (type: string, ...body: readonly number[]): Buffer =>
  Buffer.concat([Buffer.from(type), Buffer.from([0, 0, 0, 4 + body.length]), Buffer.from(body)])

const READY = message('Z', 0x49)
const LET_IN = Buffer.concat([message('R', 0, 0, 0, 0), READY])
/** Parsed, bound, no columns, no rows. */
const NOTHING_FOUND = Buffer.concat([message('1'), message('2'), message('n'), message('C', 0x30, 0), READY])

/** @param says nothing at all, or as much as a database does in which every query finds nothing */
export async function stubbornServer(says: 'nothing' | 'nothing found'): Promise<StubbornServer> {
  const sockets: Socket[] = []
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.push(socket)
    let greeted = false
    socket.on('error', () => {})
    socket.on('data', (data) => {
      if (says === 'nothing') return
      if (!greeted) socket.write(LET_IN)
      else if (data.toString('latin1', 0, 1) === 'P') socket.write(NOTHING_FOUND)
      greeted = true
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const close = (): void => {
    server.close()
    for (const socket of sockets) socket.destroy()
  }
  return { port: (server.address() as AddressInfo).port, close }
}
