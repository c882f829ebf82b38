/** A failed attempt of somebody to prove that he is a client, as far as limits look at it. */
export interface FailedAuthentication {
  /** Keyed hash of the network that it came from; all attempts of an unknown network count as of one. */
  readonly network: string | undefined
  /** What the caller said to be: of any length and content, known or not. */
  readonly clientId: string
}

/** How many failures are too many. */
export interface FailureLimits {
  /** Failures are counted over this time, which begins with the first one. */
  readonly windowSeconds: number
  /** Failures of one network for one client id that are borne within the window. */
  readonly maxFailures: number
  /** Failures of one network, whatever ids it claims, that are borne within the window. */
  readonly maxFailuresOfNetwork: number
}

/**
 * Counts failed client authentications, together with every other process on the same storage. It knows nothing of
 * successes and of clients: an id that is nobody's is counted like any other.
 * Concurrency: each call is one count. Of any number of calls at once, in any number of processes, as many as the limit
 * allows are within it.
 */
export interface FailureLimiter {
  /**
   * Counts one failure. When the storage does not answer soon, the count goes on in this process alone: no failure goes
   * uncounted, and none waits long.
   * @returns `undefined` within the limits; beyond one, the whole seconds until its window ends, at least 1
   */
  count(failure: FailedAuthentication): Promise<number | undefined>
}
