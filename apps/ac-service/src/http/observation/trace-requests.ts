import type { FastifyInstance } from 'fastify'
import { parseTraceParent, type TraceParent } from '../requests/trace-parent.ts'

/** What is recorded of a request. */
export interface RequestTrace {
  /** The first span of it; `undefined` before that began, and where none is recorded. */
  readonly recorded: { readonly traceId: string; readonly spanId: string } | undefined
}

/** Lets what is recorded of a request continue its caller's trace. */
export interface RequestTracing {
  /** Runs `work`, and all that it begins, as a part of one request. */
  request(parent: TraceParent | undefined, work: (trace: RequestTrace) => void): void
}

declare module 'fastify' {
  interface FastifyRequest {
    /** `undefined` where nothing is traced. */
    trace: RequestTrace | undefined
  }
}

/**
 * Has the handlers of `server` run in the traces of their requests (W3C Trace Context), and answers which trace a request is
 * in, where that is recorded (`traceresponse` of its Level 2).
 */
export function traceRequests(server: FastifyInstance, tracing: RequestTracing | undefined): void {
  server.decorateRequest('trace', undefined)
  if (!tracing) return
  // After the body is read: its events come from the connection, which belongs to no request.
  server.addHook('preValidation', (request, _reply, done) => {
    tracing.request(parseTraceParent(request.headers['traceparent']), (trace) => {
      request.trace = trace
      done()
    })
  })
  server.addHook('onSend', ({ trace }, reply, payload, done) => {
    const { recorded } = trace ?? {}
    if (recorded) void reply.header('traceresponse', `00-${recorded.traceId}-${recorded.spanId}-01`)
    done(null, payload)
  })
}
