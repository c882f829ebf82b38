import type { AuditEvent, AuditEventType, ClientId, Clock, Origin } from '@ac/kernel'
import { requirePrivileges, type Administrator } from './administrator.ts'
import { ClientChanged } from './client-changed.ts'
import type { Client, ClientWithSecrets } from '../client.ts'
import type { CheckedClientMetadata } from '../client-metadata.ts'
import { applyPatch, hasMetadata, type ClientPatch } from './client-patch.ts'
import type { ClientRegistry } from '../ports/client-registry.ts'

/** Who asks for a change of a client, from where, and on which condition. */
export interface AdministrativeAct {
  readonly by: Administrator
  readonly origin: Origin
  /** Whether the change is meant for a client at that version; for any, unless given. */
  readonly expects?: ((version: number) => boolean) | undefined
}

/** What {@link ClientAdministrator} needs. */
export interface ClientAdministratorDeps {
  readonly registry: Pick<ClientRegistry, 'change' | 'remove'>
  readonly clock: Clock
}

/** Changes and removes registered clients. Each change commits with the audit events that tell of it. */
export class ClientAdministrator {
  readonly #deps: ClientAdministratorDeps

  constructor(deps: ClientAdministratorDeps) {
    this.#deps = deps
  }

  /**
   * Changes the metadata of a client; `disabled` is a part of it. A patch that changes nothing writes nothing.
   * Concurrent patches happen one after the other, each on what the one before has left.
   *
   * To disable a client takes no privilege: whoever finds a client in the wrong hands must be able to stop it. Anything
   * else takes every privileged scope that the client has before or after.
   * @returns the client as it is now
   * @throws {UnknownClient} there is none of that id
   * @throws {InvalidClientMetadata} a field would break its rule; the first one is named
   * @throws {PrivilegeMissing} see {@link requirePrivileges}
   * @throws {ClientChanged} it is not at the version that `act` expects
   * @throws {Unavailable} the storage does not answer; whether it was changed is not known
   */
  update(id: ClientId, patch: ClientPatch, act: AdministrativeAct): Promise<ClientWithSecrets> {
    return this.#deps.registry.change(id, ({ client }) => {
      const metadata = applyPatch(client, patch)
      const stops = metadata.disabled && hasMetadata({ ...client, disabled: true }, metadata)
      if (!stops) requirePrivileges(act.by, id, [...client.scopes, ...metadata.scopes])
      requireVersion(client, act)
      if (hasMetadata(client, metadata)) return undefined
      const now = this.#deps.clock()
      const events = eventTypes(client, metadata).map((type) => eventOf(type, client, act, now))
      return { client: { ...client, ...metadata, version: client.version + 1, updatedAt: now }, events }
    })
  }

  /**
   * Removes a client with its secrets; the audit trail keeps what it did. Takes no privilege, as disabling takes none.
   * @throws {UnknownClient} there is none of that id
   * @throws {ClientChanged} it is not at the version that `act` expects
   * @throws {Unavailable} the storage does not answer; whether it was removed is not known
   */
  delete(id: ClientId, act: AdministrativeAct): Promise<void> {
    return this.#deps.registry.remove(id, ({ client }) => {
      requireVersion(client, act)
      return eventOf('client.deleted', client, act, this.#deps.clock())
    })
  }
}

/** @throws {ClientChanged} `client` is not at the version that `act` expects */
export function requireVersion({ version }: Client, { expects }: AdministrativeAct): void {
  if (expects && !expects(version)) throw new ClientChanged()
}

/** The event that tells of `act` on `client`. */
export const eventOf = (
  type: AuditEventType,
  { id }: Client,
  { by, origin }: AdministrativeAct,
  occurredAt: Date,
): AuditEvent => ({ type, outcome: 'success', reason: undefined, occurredAt, actor: by.id, target: id, origin })

function eventTypes(before: Client, after: CheckedClientMetadata): readonly AuditEventType[] {
  const edited = !hasMetadata({ ...before, disabled: after.disabled }, after)
  const switched = after.disabled ? 'client.disabled' : 'client.enabled'
  return [
    ...(edited ? ['client.updated' as const] : []),
    ...(before.disabled === after.disabled ? [] : ([switched] as const)),
  ]
}
