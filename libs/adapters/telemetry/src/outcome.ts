import { DomainError } from '@ac/kernel'
import type { Outcome } from './metrics/labels.ts'

/** Codes of errors that are nobody's fault but ours. Every other error of the domain refuses what somebody asked for. */
const FAULTS: ReadonlySet<string> = new Set([
  'overloaded',
  'unavailable',
  'signing_key_unavailable',
  'sealed_key_rejected',
])

/** How an act ended that threw `error`. */
export const outcomeOf = (error: unknown): Outcome =>
  error instanceof DomainError && !FAULTS.has(error.code) ? 'refused' : 'failure'
