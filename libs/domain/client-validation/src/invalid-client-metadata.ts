import { DomainError } from '@ac/kernel'

/** A field of a registration breaks its rule (RFC 7591 section 3.2.2, `invalid_client_metadata`). */
export class InvalidClientMetadata extends DomainError {
  readonly code = 'invalid_client_metadata'

  /**
   * @param field the field's wire name, such as `access_token_ttl`
   * @param rule what would be right, a constant text without the offending value
   */
  constructor(
    readonly field: string,
    readonly rule: string,
    options?: ErrorOptions,
  ) {
    super(`${field} is not valid: ${rule}`, options)
  }
}
