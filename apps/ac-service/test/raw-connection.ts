import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** An answer as it came over the wire. */
export interface RawAnswer {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** One TCP connection, for requests that no HTTP client would send. Text is sent as Latin-1, so any byte can be. */
export class RawConnection {
  readonly #socket: Socket
  #unread = ''
  #received = ''
  #ended = false
  #news = Promise.withResolvers<void>()

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      this.#unread += chunk
      this.#received += chunk
      this.#tell()
    })
    for (const event of ['end', 'close']) {
      socket.on(event, () => {
        this.#ended = true
        this.#tell()
      })
    }
    // A server that closes while we still send resets the connection; what it said before counts.
    socket.on('error', () => undefined)
  }

  static async open(port: number): Promise<RawConnection> {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
    await once(socket, 'connect')
    return new RawConnection(socket)
  }

  /** Whether the service has ended the connection, politely or not. */
  get ended(): boolean {
    return this.#ended
  }

  /** Everything that came so far. */
  get received(): string {
    return this.#received
  }

  send(text: string): void {
    this.#socket.write(text, 'latin1')
  }

  /** The next whole answer. `bodiless` when the request was HEAD. */
  async answer({ bodiless = false } = {}): Promise<RawAnswer> {
    for (;;) {
      const found = this.#take(bodiless)
      if (found) return found
      if (this.#ended) throw new Error(`the connection closed before an answer:\n${this.#unread}`)
      await this.#news.promise
    }
  }

  destroy(): void {
    this.#socket.destroy()
  }

  #tell(): void {
    this.#news.resolve()
    this.#news = Promise.withResolvers()
  }

  #take(bodiless: boolean): RawAnswer | undefined {
    const end = this.#unread.indexOf('\r\n\r\n')
    if (end === -1) return undefined
    const [statusLine = '', ...lines] = this.#unread.slice(0, end).split('\r\n')
    const headers = Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
    )
    const status = Number(statusLine.split(' ')[1])
    const length = bodiless || status < 200 || status === 304 ? 0 : Number(headers['content-length'] ?? Number.NaN)
    if (Number.isNaN(length)) throw new Error(`an answer without length:\n${this.#unread}`)
    if (this.#unread.length < end + 4 + length) return undefined
    const body = this.#unread.slice(end + 4, end + 4 + length)
    this.#unread = this.#unread.slice(end + 4 + length)
    return { status, headers, body }
  }
}
