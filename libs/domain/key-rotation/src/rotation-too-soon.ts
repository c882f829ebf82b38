import { DomainError } from '@ac/kernel'

/** Why a rotation has to wait: the active key has not signed for long enough, or the next one is not known widely enough. */
export type RotationLimit = 'interval' | 'publication'

/** The keys were rotated too recently. Nothing was changed; the refusal is in the audit trail. */
export class RotationTooSoon extends DomainError {
  readonly code = 'rotation_too_soon'

  /** @param retryAfterSeconds whole seconds, at least 1, after which the same rotation would not be refused */
  constructor(
    readonly retryAfterSeconds: number,
    readonly limit: RotationLimit,
  ) {
    super('the signing keys were rotated too recently')
  }
}
