import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll } from '@jest/globals'
import { eventually } from './eventually.ts'

type Attributes = Readonly<Record<string, unknown>>

/** A span as it arrived. */
export interface ReceivedSpan {
  readonly traceId: string
  readonly spanId: string
  /** `undefined` when it has no parent, not even one in another process. */
  readonly parentSpanId: string | undefined
  readonly name: string
  readonly kind: number
  readonly attributes: Attributes
  readonly resource: Attributes
}

/** OTLP's JSON, as far as it is looked at (opentelemetry-proto, `ExportTraceServiceRequest`). */
interface ExportRequest {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly KeyValue[] }
    readonly scopeSpans: readonly { readonly spans: readonly SentSpan[] }[]
  }[]
}

interface SentSpan extends Pick<ReceivedSpan, 'traceId' | 'spanId' | 'name' | 'kind'> {
  readonly parentSpanId?: string
  readonly attributes: readonly KeyValue[]
}

interface KeyValue {
  readonly key: string
  readonly value: Readonly<Record<string, unknown>>
}

const attributesOf = (pairs: readonly KeyValue[]): Attributes =>
  Object.fromEntries(pairs.map(({ key, value }) => [key, Object.values(value)[0]]))

/** A collector of traces, for OTLP over HTTP in JSON. */
export class OtlpReceiver {
  readonly #server: Server
  readonly #bodies: string[] = []
  /** What it answers. */
  status = 200

  constructor() {
    this.#server = createServer((request, response) => {
      void this.#take(request).then(() =>
        response.writeHead(this.status, { 'content-type': 'application/json' }).end('{}'),
      )
    })
  }

  /** The value of `OTEL_EXPORTER_OTLP_ENDPOINT`, once it listens. */
  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** Everything that arrived, as text. */
  get text(): string {
    return this.#bodies.join('\n')
  }

  get requests(): number {
    return this.#bodies.length
  }

  async start(): Promise<void> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }

  spans(): readonly ReceivedSpan[] {
    return this.#bodies.flatMap((body) => spansOf(JSON.parse(body) as ExportRequest))
  }

  /** The spans of one trace, each below its parent and indented, once there are `count` of them. */
  async tree(traceId: string, count: number): Promise<readonly string[]> {
    const spans = await eventually(`${count} spans of ${traceId} arrive`, () => {
      const found = this.spans().filter((span) => span.traceId === traceId)
      return found.length >= count && found
    })
    const ids = new Set(spans.map(({ spanId }) => spanId))
    const below = (parent: string | undefined, indent: string): readonly string[] =>
      spans
        .filter(({ parentSpanId }) => (ids.has(parentSpanId ?? '') ? parentSpanId : undefined) === parent)
        .flatMap(({ name, spanId }) => [indent + name, ...below(spanId, `${indent}  `)])
    return below(undefined, '')
  }

  async #take(request: IncomingMessage): Promise<void> {
    const body = await buffer(request)
    const text = (request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString()
    if (request.url === '/v1/traces') this.#bodies.push(text)
  }
}

const spansOf = ({ resourceSpans }: ExportRequest): readonly ReceivedSpan[] =>
  resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) =>
      spans.map(({ traceId, spanId, parentSpanId, name, kind, attributes }) => ({
        traceId,
        spanId,
        parentSpanId: parentSpanId || undefined,
        name,
        kind,
        attributes: attributesOf(attributes),
        resource: attributesOf(resource.attributes),
      })),
    ),
  )

/** Gives the calling block or file one receiver, started before its first test and stopped after its last. */
export function useOtlpReceiver(): OtlpReceiver {
  const receiver = new OtlpReceiver()
  beforeAll(() => receiver.start())
  afterAll(() => receiver.stop())
  return receiver
}
