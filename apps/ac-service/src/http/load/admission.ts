import { AsyncResource } from 'node:async_hooks'
import { Overloaded } from '@ac/kernel'
import type { FastifyInstance } from 'fastify'

/** Requests that may wait for their turn, for each that may be worked on: a burst is over in less than a second. */
const WAITING_PER_PLACE = 5
const LONGEST_WAIT_MS = 400

/** Goes on with a request, or refuses it. */
type Proceed = (refusal?: Overloaded) => void

/** Lets a bounded number of requests be worked on at once, a bounded number wait for a short time, and no more. */
export class Admission {
  readonly #maxWaiting: number
  readonly #waiting = new Map<Proceed, NodeJS.Timeout>()
  #free: number

  constructor(maxInFlight: number) {
    this.#free = maxInFlight
    this.#maxWaiting = maxInFlight * WAITING_PER_PLACE
  }

  /** Calls `proceed` once, now or later. Who is let in must {@link leave}. */
  enter(proceed: Proceed): void {
    if (this.#free > 0) {
      this.#free--
      proceed()
    } else if (this.#waiting.size >= this.#maxWaiting) {
      proceed(new Overloaded('requests'))
    } else {
      const timer = setTimeout(() => {
        this.#waiting.delete(proceed)
        proceed(new Overloaded('requests'))
      }, LONGEST_WAIT_MS)
      this.#waiting.set(proceed, timer)
    }
  }

  /** Gives the place to who has waited longest. */
  leave(): void {
    for (const [proceed, timer] of this.#waiting) {
      this.#waiting.delete(proceed)
      clearTimeout(timer)
      proceed()
      return
    }
    this.#free++
  }
}

/**
 * Bounds the requests that `server` works on at once. A request counts when its body has arrived, so that slow senders take
 * no places. Keys and metadata are always given: they cost nothing, and without them nobody could verify a token.
 */
export function admitRequests(server: FastifyInstance, maxInFlight: number): void {
  const admission = new Admission(maxInFlight)
  server.addHook('preHandler', (request, reply, done) => {
    if (request.is404 || request.routeOptions.url?.startsWith('/.well-known/')) {
      done()
      return
    }
    // Called out of the end of another request, whose context is not this one's.
    const proceed = AsyncResource.bind((refusal?: Overloaded) => {
      if (refusal) done(refusal)
      else if (reply.raw.destroyed) admission.leave()
      else {
        reply.raw.once('close', () => admission.leave())
        done()
      }
    })
    admission.enter(proceed)
  })
}
