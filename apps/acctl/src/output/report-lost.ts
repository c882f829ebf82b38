import { DomainError } from '@ac/kernel'

/** A command did its work, and its report could not be written. */
export class ReportLost extends DomainError {
  readonly code = 'report_lost'

  /** @param consequence what this means, as a sentence; `undefined` when the command can simply be repeated */
  constructor(
    readonly consequence: string | undefined,
    options?: ErrorOptions,
  ) {
    super('standard output could not be written', options)
  }
}
