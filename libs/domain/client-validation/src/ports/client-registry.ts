import type { AuditEvent, ClientId } from '@ac/kernel'
import type { Client, ClientSecret, ClientWithSecrets } from '../client.ts'

/** Where to go on in a listing: the place of the last client seen. */
export interface ClientPosition {
  readonly createdAt: Date
  readonly id: ClientId
}

/** Keeps clients. Writes commit together with their audit event or not at all. */
export interface ClientRegistry {
  /**
   * Adds a client with its first secret, and `event`, in one transaction.
   * @throws {ClientExists} a client of that id is there; nothing was written. Of two concurrent calls with one id,
   * exactly one succeeds.
   * @throws {Unavailable} the storage does not answer; whether it was written is not known
   */
  add(client: Client, secret: ClientSecret, event: AuditEvent): Promise<void>
  /**
   * The client of that id with its secrets, or `undefined`.
   * @throws {Unavailable} the storage does not answer
   */
  get(id: ClientId): Promise<ClientWithSecrets | undefined>
  /**
   * At most `limit` clients with their secrets, oldest first, beginning after `after`. Ids break ties, compared byte by
   * byte, so that the order is the same under every locale. A client added meanwhile shows up in a later page or not at
   * all; none is listed twice.
   * @throws {Unavailable} the storage does not answer
   */
  list(limit: number, after?: ClientPosition): Promise<readonly ClientWithSecrets[]>
}
