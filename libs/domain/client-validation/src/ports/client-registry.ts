import type { AuditEvent, ClientId, SecretId } from '@ac/kernel'
import type { Client, ClientSecret, ClientWithSecrets } from '../client.ts'

/** Where to go on in a listing: the place of the last client seen. */
export interface ClientPosition {
  readonly createdAt: Date
  readonly id: ClientId
}

/** What becomes of a client's secrets. Those that are not named stay as they are, their MACs and times of use too. */
export interface SecretChanges {
  readonly added: readonly ClientSecret[]
  /** Ends that replace those that were set before. */
  readonly deadlines: readonly { readonly id: SecretId; readonly expiresAt: Date }[]
  readonly removed: readonly SecretId[]
}

/** What becomes of a client, and the events that tell of it. */
export interface ClientChange {
  /** All fields as they shall be; the id must stay, the version be another than before. */
  readonly client: Client
  readonly secrets?: SecretChanges | undefined
  readonly events: readonly AuditEvent[]
}

/**
 * Keeps clients. Writes commit together with their audit events or not at all.
 *
 * Concurrency: changes of one client, also from several processes, happen one after the other. Each is decided on what
 * the one before it has committed, so no change is lost, and whoever compares the version that he was told with the one
 * that `decide` is shown cannot be fooled: of two calls that expect one version, the second sees another.
 */
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
   * Changes the client of that id in one transaction.
   * @param decide is shown the client as it is, once, while nobody else can change it; gives what shall become of it, or
   * `undefined` to leave it alone. It must not wait for anything. What it throws is thrown on, and nothing is changed.
   * @returns the client as it is now
   * @throws {UnknownClient} there is none
   * @throws {Unavailable} the storage does not answer; whether it was written is not known
   */
  change(id: ClientId, decide: (found: ClientWithSecrets) => ClientChange | undefined): Promise<ClientWithSecrets>
  /**
   * Removes the client of that id with all its secrets, in one transaction. Audit events about it stay.
   * @param decide as of {@link change}; gives the event that tells of it
   * @throws {UnknownClient} there is none. Of two concurrent calls for one id, exactly one succeeds.
   * @throws {Unavailable} the storage does not answer; whether it was removed is not known
   */
  remove(id: ClientId, decide: (found: ClientWithSecrets) => AuditEvent): Promise<void>
  /**
   * At most `limit` clients with their secrets, oldest first, beginning after `after`. Ids break ties, compared byte by
   * byte, so that the order is the same under every locale. A client added meanwhile shows up in a later page or not at
   * all; none is listed twice.
   * @throws {Unavailable} the storage does not answer
   */
  list(limit: number, after?: ClientPosition): Promise<readonly ClientWithSecrets[]>
}
