import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'

/** `open` leads to the database; `shut` ends each connection at once; `silent` takes connections and says nothing. */
export type GateState = 'open' | 'shut' | 'silent'

/** A port in front of the database that can be shut: for the service, the database is away while it is. */
export class DatabaseGate {
  /** The database's URL, through the gate. */
  readonly url: string
  /** Connections that the service tried so far. */
  attempts = 0
  #state: GateState
  readonly #server: Server
  readonly #sockets = new Set<Socket>()

  private constructor(databaseUrl: string, server: Server, state: GateState) {
    const { hostname, port } = new URL(databaseUrl)
    const through = new URL(databaseUrl)
    through.host = `127.0.0.1:${(server.address() as AddressInfo).port}`
    this.url = through.href
    this.#state = state
    this.#server = server.on('connection', (socket) => this.#connected(socket, hostname, Number(port || 5432)))
  }

  static async before(databaseUrl: string, state: GateState): Promise<DatabaseGate> {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    return new DatabaseGate(databaseUrl, server, state)
  }

  /** From now on; connections that exist are ended. */
  turn(state: GateState): void {
    this.#state = state
    for (const socket of this.#sockets) socket.destroy()
  }

  close(): void {
    this.turn('shut')
    this.#server.close()
  }

  #connected(socket: Socket, host: string, port: number): void {
    this.attempts += 1
    this.#keep(socket)
    if (this.#state === 'shut') socket.destroy()
    if (this.#state === 'open') {
      const database = connect({ host, port })
      this.#keep(database)
      socket.pipe(database).pipe(socket)
      socket.on('close', () => database.destroy())
      database.on('close', () => socket.destroy())
    }
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => this.#sockets.delete(socket))
  }
}
