import type { Fault } from '@ac/audit'

const MEANINGS: Readonly<Record<Fault, string>> = {
  altered: 'what stands there is not what was written: edited, swapped, inserted, forged, or of another trail',
  missing: 'there was an event, and retention did not drop it; the time is that of the next one, or of what is missing',
  duplicate: 'a second event stands at the same place',
  forked: 'its writer wrote it, but not behind the event that stands before it',
  contradicted: 'its writer wrote it, but a checkpoint saw another event there',
  unknown_key: 'sealed under another AC_HASH_SECRET: nothing can be said about it without --earlier-secret',
  unchained: 'of no writer of this service: from before there were chains, or put there by somebody',
}

/** What a fault means, as a clause. */
export const explain = (fault: Fault): string => MEANINGS[fault]
