import { TokenRejected, type TokenRejectionReason, type TokenVerifier } from '@ac/token-validation'
import { faultCategory } from '../metrics/error-category.ts'
import { orOther, VALIDATION_ERRORS, type ValidationError } from '../metrics/labels.ts'
import type { Metrics } from '../metrics/metrics.ts'
import type { TraceReference } from '../metrics/series.ts'
import { timed } from './timed.ts'

type Families = Metrics['families']

/**
 * Feeds `ac_token_validation_duration_seconds` and `ac_token_validations_total`.
 * @param recorded the trace that the validation is part of
 */
export const measuredTokenVerifier = (
  verifier: Pick<TokenVerifier, 'verify'>,
  { tokenValidationDuration, tokenValidations }: Families,
  recorded: () => TraceReference | undefined,
): Pick<TokenVerifier, 'verify'> => ({
  verify: (token) =>
    timed(
      () => verifier.verify(token),
      (status, seconds, error) => {
        tokenValidationDuration.series({ status }).observe(seconds, recorded())
        tokenValidations.series({ status, error_category: validationError(error) }).increase()
      },
    ),
})

const REJECTIONS: Readonly<Record<TokenRejectionReason, ValidationError>> = {
  malformed: 'malformed',
  unknown_key: 'signature',
  bad_signature: 'signature',
  wrong_issuer: 'claims',
  wrong_audience: 'claims',
  issued_in_the_future: 'claims',
  expired: 'expired',
  revoked: 'revoked',
  unknown_client: 'client',
  disabled_client: 'client',
}

function validationError(error: unknown): ValidationError {
  if (error === undefined) return 'none'
  if (error instanceof TokenRejected) return REJECTIONS[error.reason]
  return orOther(VALIDATION_ERRORS, faultCategory(error))
}
