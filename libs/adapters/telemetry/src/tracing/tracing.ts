import { AsyncLocalStorage } from 'node:async_hooks'
import { DomainError } from '@ac/kernel'
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, TraceFlags, type Context, type Span } from '@opentelemetry/api'
import {
  RandomIdGenerator,
  SamplingDecision,
  TracerProvider,
  type Sampler,
  type TracerProviderOptions,
} from '@opentelemetry/sdk-trace'
import type { TraceReference } from '../metrics/series.ts'
import { outcomeOf } from '../outcome.ts'
import { SPANS, type AttributesOf, type SpanDefinition, type SpanName } from './span-catalogue.ts'

/** A place in a trace that another process has begun. */
export interface RemoteParent extends TraceReference {
  /** Whether the caller records the trace. */
  readonly sampled: boolean
}

/** The traces of one request: the caller's, and what is recorded of it here. */
export interface RequestTrace {
  /** The first span that was recorded for the request. */
  readonly recorded: TraceReference | undefined
}

/** What spans are told once their work is over. */
export type Describe<Name extends SpanName> = () => AttributesOf<Name>

/** What a {@link Tracing} is put together from. */
export type TracingParts = Required<Pick<TracerProviderOptions, 'sampler' | 'resource' | 'spanProcessors'>>

class TraceOfRequest implements RequestTrace {
  recorded: TraceReference | undefined
  /** Spans that begin in the same request without a parent belong to one trace. */
  traceId: string | undefined

  constructor(readonly parent: RemoteParent | undefined) {}
}

interface Scope {
  readonly request: TraceOfRequest | undefined
  /** The recorded span that is under way. */
  readonly context: Context | undefined
}

const NOWHERE: Scope = { request: undefined, context: undefined }

const KINDS = { server: SpanKind.SERVER, internal: SpanKind.INTERNAL, client: SpanKind.CLIENT } as const

/**
 * Records spans. It is the one place that touches them: what they are named, whose children they are, and what they may say is
 * in the catalogue, and an exception leaves its code and never its message.
 *
 * Nothing is global. What is under way is kept in an `AsyncLocalStorage` of its own, and only for what is recorded: a
 * request that is not sampled costs one decision.
 */
export class Tracing {
  readonly #provider: TracerProvider
  readonly #tracer: ReturnType<TracerProvider['getTracer']>
  readonly #sampler: Sampler
  readonly #ids = new RandomIdGenerator()
  readonly #scopes = new AsyncLocalStorage<Scope>()

  constructor(options: TracingParts, version: string) {
    this.#sampler = options.sampler
    const idGenerator = {
      generateTraceId: () => this.#scopes.getStore()?.request?.traceId ?? this.#ids.generateTraceId(),
      generateSpanId: () => this.#ids.generateSpanId(),
    }
    this.#provider = new TracerProvider({ ...options, idGenerator })
    this.#tracer = this.#provider.getTracer('@ac/telemetry', version)
  }

  /**
   * Runs `work` as a part of one request: spans that begin in it, or in what it has begun, continue the trace of `parent`.
   * @param work is told what is known of the request's traces, now and later
   */
  request(parent: RemoteParent | undefined, work: (trace: RequestTrace) => void): void {
    const request = new TraceOfRequest(parent)
    this.#scopes.run({ request, context: undefined }, () => work(request))
  }

  /**
   * Runs `work` in a span that may begin a trace.
   * @param work is told the trace, if that is recorded
   * @throws whatever `work` throws
   */
  begin<Name extends SpanName, T>(
    name: Name,
    describe: Describe<Name>,
    work: (trace: TraceReference | undefined) => Promise<T>,
  ): Promise<T> {
    const { request, context } = this.#scopes.getStore() ?? NOWHERE
    const parent = context ?? remoteContext(request?.parent)
    if (request && !this.#isRecorded(request, SPANS[name], parent)) return work(undefined)
    const span = this.#start(SPANS[name], parent)
    if (!span.isRecording()) return work(undefined)
    const { traceId, spanId } = span.spanContext()
    const reference = { traceId, spanId }
    if (request) request.recorded ??= reference
    return this.#record(span, request, describe, () => work(reference))
  }

  /**
   * Runs `work` in a span that is a part of another one; where that is not recorded, or there is none, without a span.
   * @throws whatever `work` throws
   */
  continue<Name extends SpanName, T>(name: Name, describe: Describe<Name>, work: () => Promise<T>): Promise<T> {
    const { request, context } = this.#scopes.getStore() ?? NOWHERE
    if (!context) return work()
    return this.#record(this.#start(SPANS[name], context), request, describe, work)
  }

  /** What is recorded of the request that this is called in. */
  get recorded(): TraceReference | undefined {
    return this.#scopes.getStore()?.request?.recorded
  }

  /** Sends what waits, and takes no more. */
  shutdown(): Promise<void> {
    return this.#provider.shutdown()
  }

  /** Asks the sampler before the SDK does, which makes an id and a span even of what it does not record. */
  #isRecorded(request: TraceOfRequest, { name, kind }: SpanDefinition, parent: Context): boolean {
    request.traceId ??= request.parent?.traceId ?? this.#ids.generateTraceId()
    const { decision } = this.#sampler.shouldSample(parent, request.traceId, name, KINDS[kind], {}, [])
    return decision !== SamplingDecision.NOT_RECORD
  }

  #start({ name, kind }: SpanDefinition, context: Context): Span {
    return this.#tracer.startSpan(name, { kind: KINDS[kind] }, context)
  }

  async #record<Name extends SpanName, T>(
    span: Span,
    request: TraceOfRequest | undefined,
    describe: Describe<Name>,
    work: () => Promise<T>,
  ): Promise<T> {
    try {
      const result = await this.#scopes.run({ request, context: trace.setSpan(ROOT_CONTEXT, span) }, work)
      span.setAttributes({ ...describe(), 'ac.outcome': 'success' })
      return result
    } catch (error) {
      const outcome = outcomeOf(error)
      span.setAttributes({ ...describe(), 'ac.outcome': outcome, 'error.type': errorType(error) })
      // What a caller did wrong is no error of this span.
      if (outcome === 'failure') span.setStatus({ code: SpanStatusCode.ERROR })
      throw error
    } finally {
      span.end()
    }
  }
}

/** The caller's `tracestate` is left behind: what other vendors wrote there is not ours to export. */
function remoteContext(parent: RemoteParent | undefined): Context {
  if (!parent) return ROOT_CONTEXT
  const { traceId, spanId, sampled } = parent
  const traceFlags = sampled ? TraceFlags.SAMPLED : TraceFlags.NONE
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true })
}

function errorType(error: unknown): string {
  if (error instanceof DomainError) return error.code
  return error instanceof Error ? error.constructor.name : 'other'
}
