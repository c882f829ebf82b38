import type { Socket } from 'node:net'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { parseTraceParent, type TraceParent } from '../requests/trace-parent.ts'
import type { AnsweredRequest, RequestObserver } from './answered-request.ts'
import { endpointOf, type Endpoint } from './endpoint-of.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** What was thrown; set by whoever answers it. */
    failure: unknown
  }
}

/** The client closed the request; the status is nginx's. */
const CLIENT_CLOSED_REQUEST = 499

/** Tells observers of requests. */
export class RequestObservation {
  readonly #observers: readonly RequestObserver[]
  readonly #endpoints = new Map<string | undefined, Endpoint>()
  readonly #busy = new WeakSet<Socket>()

  constructor(observers: readonly RequestObserver[]) {
    this.#observers = observers
  }

  /** Watches every request to `server`. To be called before any other hook is added: what those refuse counts too. */
  watch(server: FastifyInstance): void {
    server.decorateRequest('failure', undefined)
    if (this.#observers.length === 0) return
    server.addHook('onRequest', (request, { raw }, done) => {
      const begin = performance.now()
      const { socket } = request.raw
      this.#busy.add(socket)
      // Comes once for every request, also for one whose caller goes away.
      raw.on('close', () => {
        this.#busy.delete(socket)
        const status = raw.writableFinished ? raw.statusCode : CLIENT_CLOSED_REQUEST
        this.#tell(this.#describe(request, status, (performance.now() - begin) / 1000))
      })
      done()
    })
  }

  /**
   * Counts what could not be read as a request, unless its connection broke in the middle of one that could.
   * @param status that it was answered
   */
  unreadable(socket: Socket, status: number): void {
    if (this.#busy.has(socket)) return
    this.#tell({
      method: 'other',
      route: undefined,
      endpoint: 'other',
      status,
      seconds: 0,
      requestId: undefined,
      trace: undefined,
      failure: undefined,
    })
  }

  #tell(request: AnsweredRequest): void {
    for (const observe of this.#observers) observe(request)
  }

  #describe(request: FastifyRequest, status: number, seconds: number): AnsweredRequest {
    const route = request.routeOptions.url
    return {
      method: request.method,
      route,
      endpoint: this.#endpoint(route),
      status,
      seconds,
      requestId: request.id,
      trace: traceOf(request),
      failure: request.failure,
    }
  }

  #endpoint(route: string | undefined): Endpoint {
    const known = this.#endpoints.get(route)
    if (known) return known
    const endpoint = endpointOf(route)
    this.#endpoints.set(route, endpoint)
    return endpoint
  }
}

/** The trace as it is recorded here, else the caller's. */
function traceOf({ trace, headers }: FastifyRequest): TraceParent | undefined {
  return trace?.recorded ? { ...trace.recorded, sampled: true } : parseTraceParent(headers['traceparent'])
}
