import type { AuditEvent } from '@ac/kernel'
import type { ClientRegistry } from '../ports/client-registry.ts'

/** An empty registry under test, with a way to read back the audit events that it has committed, oldest first. */
export interface ClientRegistryUnderTest {
  readonly registry: ClientRegistry
  events(): Promise<readonly AuditEvent[]>
}
