import type { IncomingMessage } from 'node:http'
import type { Origin } from '@ac/kernel'
import type { FastifyRequest } from 'fastify'
import { parseTraceParent } from './trace-parent.ts'

const REMEMBERED_SOURCES = 10_000

/** What {@link OriginReader} needs. */
export interface OriginReaderDeps {
  /** The address that a request came from. */
  readonly addressOf: (request: IncomingMessage) => string
  /** The network that an address belongs to. */
  readonly networkOf: (address: string) => string
  /** The keyed hash under which addresses and networks are known. */
  readonly hash: (text: string) => string
}

/** Reads from a request where it came from, in the form that the audit trail may keep. */
export class OriginReader {
  readonly #deps: OriginReaderDeps
  readonly #sources = new Map<string, Pick<Origin, 'source' | 'network'>>()

  constructor(deps: OriginReaderDeps) {
    this.#deps = deps
  }

  read({ id, raw, headers }: Pick<FastifyRequest, 'id' | 'raw' | 'headers'>): Origin {
    const { source, network } = this.#source(this.#deps.addressOf(raw))
    return { requestId: id, source, network, traceId: parseTraceParent(headers['traceparent'])?.traceId }
  }

  /** Callers come from few addresses over and over, so their hashes are remembered, up to a bound. */
  #source(address: string): Pick<Origin, 'source' | 'network'> {
    const known = this.#sources.get(address)
    if (known !== undefined) return known
    if (this.#sources.size >= REMEMBERED_SOURCES) this.#sources.clear()
    const { hash, networkOf } = this.#deps
    const source = { source: hash(address), network: hash(networkOf(address)) }
    this.#sources.set(address, source)
    return source
  }
}
