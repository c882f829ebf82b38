import { DomainError } from '@ac/kernel'

/** Why a sealed key did not open, for the operator who has to mend it. */
export type SealedKeyFault = 'unknown_master_key' | 'altered' | 'malformed' | 'not_the_named_key'

/** A sealed private key does not open: wrong master key, another row's key, altered bytes. A retry does not help. */
export class SealedKeyRejected extends DomainError {
  readonly code = 'sealed_key_rejected'

  constructor(
    readonly fault: SealedKeyFault,
    options?: ErrorOptions,
  ) {
    super('a sealed signing key cannot be opened', options)
  }
}
