import { Unavailable } from '@ac/kernel'

/**
 * An event could not be written, so the act that it tells of must not happen. Whoever counts failed writes stands around
 * `AuditTrail.record` and `AuditedTransactions.run`, and knows them by this class; `Overloaded` of the queue `audit` is the
 * other way in which an event is refused.
 */
export class AuditWriteFailed extends Unavailable {
  /**
   * @param reason `refused`: the database said no, nothing was kept; `unreachable`: it was not asked;
   * `unanswered`: it did not say whether the event was kept
   */
  constructor(
    readonly reason: 'refused' | 'unreachable' | 'unanswered',
    options?: ErrorOptions,
  ) {
    super('audit trail', options)
  }
}
