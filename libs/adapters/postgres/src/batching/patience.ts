/** How long somebody waits for what he asked for. */
export interface Patience {
  /** When he gives up, by `performance.now()`. */
  readonly endsAt: number
  /** Whether he has gone away already; asked when it matters. */
  readonly gone: boolean
}

/** Tells on whose behalf the caller acts and how long that one waits; `undefined` when nobody in particular does. */
export type PatienceOfCaller = () => Patience | undefined

/** Nobody waits longer than this for a batch, in milliseconds. */
export const LONGEST_PATIENCE_MS = 1500

/**
 * How long a batch waits for the answer of the database, in milliseconds. Less than for other statements: a batch that
 * hangs holds up all behind it, and the next one, on another connection, may find a database that answers.
 */
export const BATCH_PATIENCE_MS = 1000
