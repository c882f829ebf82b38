import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'

/** Bytes before the messages that have a type: length and protocol version, then the rest of the start-up message. */
const LENGTH_BYTES = 4
const HEADER_BYTES = 1 + LENGTH_BYTES
/** The end of every answer, but for the state of the transaction in its last byte: ReadyForQuery, 5 bytes long. */
const READY = Buffer.from('Z\0\0\0\u0005', 'latin1')

/** What is withheld, and whom to tell when it is. */
interface Hold {
  readonly statement: number
  readonly held: () => void
}

/**
 * A port in front of the database that understands enough of its protocol to stop a transaction after any of its
 * statements: the server has done it, and whoever asked for it never hears so.
 */
export class StatementGate {
  /** The database's URL, through the gate. */
  readonly url: string
  /** How many statements the last transaction had that ended, `begin` and `commit` included. */
  lastTransaction = 0
  #hold: Hold | undefined
  readonly #server: Server
  readonly #sockets = new Set<Socket>()

  private constructor(databaseUrl: string, server: Server) {
    const { hostname, port } = new URL(databaseUrl)
    const through = new URL(databaseUrl)
    through.host = `127.0.0.1:${(server.address() as AddressInfo).port}`
    this.url = through.href
    this.#server = server.on('connection', (client) => {
      this.#relay(client, connect({ host: hostname, port: Number(port || 5432) }))
    })
  }

  static async before(databaseUrl: string): Promise<StatementGate> {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    return new StatementGate(databaseUrl, server)
  }

  /**
   * Withholds the answer to statement number `statement` of the next transaction; 1 is `begin`.
   * @returns when the server has done that statement
   */
  hold(statement: number): Promise<void> {
    return new Promise((held) => {
      this.#hold = { statement, held }
    })
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy()
    this.#server.close()
  }

  #relay(client: Socket, database: Socket): void {
    for (const [one, other] of [
      [client, database],
      [database, client],
    ] as const) {
      this.#sockets.add(one)
      one.on('error', () => undefined).on('close', () => (this.#sockets.delete(one), other.destroy()))
    }
    const statements = new StatementCounter()
    client.on('data', (bytes: Buffer) => {
      statements.read(bytes)
      database.write(bytes)
    })
    database.on('data', (bytes: Buffer) => {
      const done = bytes.subarray(-1 - READY.length, -1).equals(READY)
      if (this.#hold?.statement === statements.inTransaction) {
        if (done) this.#hold.held()
        return
      }
      client.write(bytes)
      if (done && statements.ended) this.lastTransaction = statements.inTransaction
    })
  }
}

/** Counts the statements of a transaction in what a client sends on one connection. */
class StatementCounter {
  /** Statements since the last `begin`, that one included; 0 outside of transactions. */
  inTransaction = 0
  /** Whether the last of them ends the transaction. */
  ended = false
  #bytes = Buffer.alloc(0)
  #started = false

  read(bytes: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, bytes])
    if (!this.#started && !this.#take(LENGTH_BYTES, 0)) return
    this.#started = true
    for (let message = this.#take(HEADER_BYTES, 1); message; message = this.#take(HEADER_BYTES, 1)) this.#count(message)
  }

  /** The next message, once all of it is there; its length is at `at` and counts all but what is before. */
  #take(header: number, at: number): Buffer | undefined {
    if (this.#bytes.length < header) return undefined
    const end = at + this.#bytes.readUInt32BE(at)
    if (this.#bytes.length < end) return undefined
    const message = this.#bytes.subarray(0, end)
    this.#bytes = this.#bytes.subarray(end)
    return message
  }

  /** A simple query is a statement, and so is what ends with a Sync. */
  #count(message: Buffer): void {
    const type = message.toString('latin1', 0, 1)
    const text = type === 'Q' ? message.toString('utf8', HEADER_BYTES, message.length - 1) : ''
    if (text === 'begin') this.inTransaction = 1
    else if (this.ended) this.inTransaction = 0
    else if (this.inTransaction > 0 && (type === 'Q' || type === 'S')) this.inTransaction += 1
    if (type === 'Q' || type === 'S') this.ended = text === 'commit' || text === 'rollback'
  }
}
