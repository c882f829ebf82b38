import { DomainError } from '@ac/kernel'

/** A migration failed; the schema is as it was before. `cause` says why. */
export class MigrationFailed extends DomainError {
  readonly code = 'migration_failed'

  constructor(
    readonly migration: string,
    options: ErrorOptions,
  ) {
    super('a migration failed; nothing was changed', options)
  }
}
