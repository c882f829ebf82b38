/**
 * What is wrong with a place of the trail.
 * - `altered`: its seal is not that of what stands there: it was edited, swapped, inserted, forged, or comes from elsewhere
 * - `missing`: there was an event, and there is none, nor did retention drop it
 * - `duplicate`: a second event at the same place
 * - `forked`: sealed, but not behind the event that stands before it
 * - `contradicted`: sealed, but not what a checkpoint saw there
 * - `unknown_key`: sealed by a key that is not at hand, so nothing can be said about it
 * - `unchained`: of no writer of ours: from before there were chains, or put there by somebody
 */
export type Fault = 'altered' | 'missing' | 'duplicate' | 'forked' | 'contradicted' | 'unknown_key' | 'unchained'

/** A fault of a run of places in one chain. */
export interface Finding {
  readonly fault: Fault
  /** As it is stored: whoever owns the database may have written anything. */
  readonly writer: string
  readonly first: number
  readonly last: number
  /** When the event of the first place happened; of one that is missing, when the next one did, or a checkpoint says. */
  readonly occurredAt: Date | undefined
}
