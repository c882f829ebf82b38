import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { fastify, type FastifyInstance, type FastifyReply } from 'fastify'
import { MEDIA_TYPES } from './bodies/media-types.ts'
import { refuseOtherBodies } from './bodies/refuse-other-bodies.ts'
import { endUnusedConnections } from './end-unused-connections.ts'
import { FRAMEWORK_ANSWERS, MALFORMED, type Answer } from './errors/answers.ts'
import type { RequestObserver } from './observation/answered-request.ts'
import { RequestObservation } from './observation/request-observation.ts'
import { admitRequests } from './load/admission.ts'
import { rememberCallers } from './load/callers.ts'
import { traceRequests, type RequestTracing } from './observation/trace-requests.ts'
import { refuseBadFraming } from './requests/refuse-bad-framing.ts'
import { requestIds } from './requests/request-id.ts'
import type { RouteTable } from './requests/route-table.ts'

/** Bytes that the body of a request may have. */
const BODY_LIMIT = 32 * 1024
/** Bytes that all headers of a request may have. */
const HEADER_LIMIT = 16 * 1024
/** Longer than the idle time-out of usual load balancers (60 s), so that they close idle connections first, not we. */
const KEEP_ALIVE_TIMEOUT_MS = 75_000
const HEADERS_TIMEOUT_MS = 10_000

/** What differs between deployments. */
export interface StrictFastifyOptions {
  /** The whole request must have arrived within this time. */
  readonly requestTimeoutMs: number
  readonly routes: RouteTable
  /** Whether clients shall take their next request elsewhere. */
  readonly draining: () => boolean
  /** Requests that are worked on at once; not bounded unless given. */
  readonly maxInFlight?: number | undefined
  /** Told of every request. */
  readonly observers?: readonly RequestObserver[]
  readonly tracing?: RequestTracing | undefined
}

/**
 * A Fastify server with the soft defaults of Fastify and Node closed: time-outs and limits on everything, the body
 * formats that each route names, one spelling of each path, no silent loss of headers, and no error that repeats the request.
 */
export function strictFastify({
  requestTimeoutMs,
  routes,
  draining,
  maxInFlight,
  observers = [],
  tracing,
}: StrictFastifyOptions): FastifyInstance {
  const observation = new RequestObservation(observers)
  const server = fastify({
    bodyLimit: BODY_LIMIT,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    http: {
      maxHeaderSize: HEADER_LIMIT,
      headersTimeout: Math.min(HEADERS_TIMEOUT_MS, requestTimeoutMs),
      connectionsCheckingInterval: 1000,
      // Node's own answer to a missing Host is no JSON; ours comes from refuseBadFraming.
      requireHostHeader: false,
    },
    genReqId: requestIds(),
    requestIdHeader: false,
    exposeHeadRoutes: true,
    logger: false,
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    routerOptions: {
      caseSensitive: true,
      ignoreTrailingSlash: false,
      ignoreDuplicateSlashes: false,
      // A longer one would make its path another than the one that answers 405 for it.
      maxParamLength: HEADER_LIMIT,
    },
    frameworkErrors: (_error, _request, reply: FastifyReply) => void reply.status(400).send(bodyOf(MALFORMED)),
    clientErrorHandler: (error, socket) => answerBrokenRequest(error, socket, observation),
    // Fastify's router decodes escapes and drops fragments, so /%74oken and /token#x would be other names of /token: send
    // such paths where nothing is.
    rewriteUrl: ({ url = '/' }) => (/^[^?]*[%#]/.test(url) ? '/%25' : url),
  })
  // Node drops headers beyond a count without a word; zero leaves the limit to their size.
  server.server.maxHeadersCount = 0
  server.removeAllContentTypeParsers()
  for (const { pattern } of Object.values(MEDIA_TYPES)) {
    server.addContentTypeParser(pattern, { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  }
  observation.watch(server)
  server.addHook('onRequest', (request, reply, done) => {
    void reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff')
    refuseBadFraming(request)
    refuseOtherBodies(request, reply)
    done()
  })
  // Asked when the answer leaves, not when the request comes: a connection that was busy when the drain began would
  // otherwise stay open behind its answer, and the process with it.
  server.addHook('onSend', (_request, reply, payload, done) => {
    if (draining()) void reply.header('connection', 'close')
    done(null, payload)
  })
  if (maxInFlight !== undefined) admitRequests(server, maxInFlight)
  rememberCallers(server)
  traceRequests(server, tracing)
  endUnusedConnections(server)
  routes.watch(server)
  return server
}

const bodyOf = ({ error, description }: Answer) => ({ error, error_description: description })

/** What Node could not even read as a request gets an answer too, and then the connection ends. */
function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket, observation: RequestObservation): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const answer = FRAMEWORK_ANSWERS[BROKEN_REQUEST_STATUS[error.code ?? ''] ?? 0] ?? MALFORMED
  observation.unreadable(socket, answer.status)
  const body = JSON.stringify(bodyOf(answer))
  socket.end(
    `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? ''}\r\n` +
      'content-type: application/json; charset=utf-8\r\ncache-control: no-store\r\n' +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  )
}

const BROKEN_REQUEST_STATUS: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
}
