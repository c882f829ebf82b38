/** A service level objective of the service, over 30 days. `docs/observability/slos.md` explains them. */
export interface Objective {
  /** The value of the label `slo`. */
  readonly slo: Slo
  /** The share of events that must be good. */
  readonly target: number
  /** Completes the sentence "a good event is ...". */
  readonly good: string
}

export type Slo = 'issuance-availability' | 'issuance-latency' | 'validation-latency' | 'jwks-availability'

/** An issued token is good up to here, in seconds: a bucket boundary of `ac_token_issuance_duration_seconds`. */
export const ISSUANCE_SECONDS = 0.35

/** A validation is good up to here, in seconds: a bucket boundary of `ac_token_validation_duration_seconds`. */
export const VALIDATION_SECONDS = 0.05

/** An error budget that burns faster than this for an hour pages; at 1 it lasts for exactly 30 days. */
export const CRITICAL_BURN_RATE = 10

/** An error budget that burns faster than this for six hours is a warning. */
export const WARNING_BURN_RATE = 5

export const OBJECTIVES: readonly Objective[] = [
  {
    slo: 'issuance-availability',
    target: 0.999,
    good: 'a request to the token endpoint that is answered with another status than 5xx',
  },
  { slo: 'issuance-latency', target: 0.99, good: `a token that is issued in at most ${ISSUANCE_SECONDS * 1000} ms` },
  { slo: 'validation-latency', target: 0.99, good: `a validation that takes at most ${VALIDATION_SECONDS * 1000} ms` },
  {
    slo: 'jwks-availability',
    target: 0.9999,
    good: 'a request for the JWKS that is answered with another status than 5xx',
  },
]
