/**
 * The base of every error that the domain defines.
 * `code` never changes once released: the wire, the metrics and the log are keyed by it. `message` is constant and
 * public. A private reason, where there is one, is a field of its own for the audit trail and never part of `message`.
 */
export abstract class DomainError extends Error {
  abstract readonly code: string

  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = new.target.name
  }
}
