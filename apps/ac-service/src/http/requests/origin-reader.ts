import type { Origin } from '@ac/kernel'
import type { FastifyRequest } from 'fastify'

const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}/
const NO_TRACE = '0'.repeat(32)
const REMEMBERED_SOURCES = 10_000

/** Reads from a request where it came from, in the form that the audit trail may keep. */
export class OriginReader {
  readonly #hash: (address: string) => string
  readonly #sources = new Map<string, string>()

  /** @param hash the keyed hash under which an address is stored */
  constructor(hash: (address: string) => string) {
    this.#hash = hash
  }

  read(request: FastifyRequest): Origin {
    return { requestId: request.id, source: this.#source(request.ip), traceId: traceId(request.headers['traceparent']) }
  }

  /** Callers come from few addresses over and over, so their hashes are remembered, up to a bound. */
  #source(address: string): string {
    const known = this.#sources.get(address)
    if (known !== undefined) return known
    if (this.#sources.size >= REMEMBERED_SOURCES) this.#sources.clear()
    const source = this.#hash(address)
    this.#sources.set(address, source)
    return source
  }
}

/** The trace id of a W3C `traceparent` header, `undefined` when there is none or it is not valid. */
function traceId(header: string | string[] | undefined): string | undefined {
  const id = typeof header === 'string' ? TRACEPARENT.exec(header)?.[1] : undefined
  return id === NO_TRACE ? undefined : id
}
