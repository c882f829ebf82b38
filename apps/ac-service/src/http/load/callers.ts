import { AsyncLocalStorage } from 'node:async_hooks'
import type { ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'

/**
 * How long a caller waits for what its request needs from the database, in milliseconds. All waits of one request count
 * together: a service whose database is lost says so in less than two seconds.
 */
const PATIENCE_MS = 1500

/** Whoever waits for the answer to a request. */
class Caller {
  readonly endsAt = performance.now() + PATIENCE_MS
  readonly #response: ServerResponse

  constructor(response: ServerResponse) {
    this.#response = response
  }

  /** Whether it was answered already, or its connection is closed. */
  get gone(): boolean {
    return this.#response.writableEnded || this.#response.destroyed
  }
}

const callers = new AsyncLocalStorage<Caller>()

/** On whose behalf the calling code acts; `undefined` outside of a request. */
export const currentCaller = (): { readonly endsAt: number; readonly gone: boolean } | undefined => callers.getStore()

/**
 * Has everything that a request of `server` sets going know its caller. It begins when the body has arrived: a slow sender
 * spends its own patience, and the context would be lost on the way through the body's events.
 */
export function rememberCallers(server: FastifyInstance): void {
  server.addHook('preHandler', (_request, reply, done) => callers.run(new Caller(reply.raw), done))
}
