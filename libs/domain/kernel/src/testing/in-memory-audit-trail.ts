import type { AuditEvent } from '../audit-event.ts'
import type { AuditTrail } from '../audit-trail.ts'

/** Keeps events in a list. `refuse` makes every later record fail, as a broken database would. */
export class InMemoryAuditTrail implements AuditTrail {
  readonly events: AuditEvent[] = []
  #refusal: Error | undefined

  async record(event: AuditEvent): Promise<void> {
    if (this.#refusal) throw this.#refusal
    this.events.push(event)
  }

  refuse(error: Error | undefined): void {
    this.#refusal = error
  }
}
