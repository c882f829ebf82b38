import type { AuditEvent, ClientId, SecretId } from '@ac/kernel'
import { ClientExists } from '../client-exists.ts'
import type { Client, ClientSecret, ClientWithSecrets, SecretMac } from '../client.ts'
import type { ClientPosition, ClientRegistry } from '../ports/client-registry.ts'
import type { ClientSecretStore } from '../ports/client-secret-store.ts'

type Call = keyof ClientSecretStore | keyof ClientRegistry

/** Keeps clients in a map, and the audit events that came with them in a list. One object, both ports. */
export class InMemoryClients implements ClientSecretStore, ClientRegistry {
  readonly events: AuditEvent[] = []
  readonly #clients = new Map<ClientId, ClientWithSecrets>()
  #failure: { readonly error: Error; readonly call: Call | undefined } | undefined

  async find(id: ClientId): Promise<ClientWithSecrets | undefined> {
    this.#mayFail('find')
    return this.#clients.get(id)
  }

  async get(id: ClientId): Promise<ClientWithSecrets | undefined> {
    this.#mayFail('get')
    return this.#clients.get(id)
  }

  async add(client: Client, secret: ClientSecret, event: AuditEvent): Promise<void> {
    this.#mayFail('add')
    if (this.#clients.has(client.id)) throw new ClientExists()
    this.put(client, secret)
    this.events.push(event)
  }

  async list(limit: number, after?: ClientPosition): Promise<readonly ClientWithSecrets[]> {
    this.#mayFail('list')
    return [...this.#clients.values()]
      .filter(({ client }) => !after || compare(client, after) > 0)
      .toSorted((one, other) => compare(one.client, other.client))
      .slice(0, limit)
  }

  async replaceMac(secret: SecretId, mac: SecretMac): Promise<void> {
    this.#mayFail('replaceMac')
    for (const { client, secrets } of this.#clients.values()) {
      if (secrets.some(({ id }) => id === secret)) {
        this.put(client, ...secrets.map((stored) => (stored.id === secret ? { ...stored, mac } : stored)))
      }
    }
  }

  /** Puts a client there with exactly these secrets, in place of one of the same id, without any audit event. */
  put(client: Client, ...secrets: readonly ClientSecret[]): void {
    this.#clients.set(client.id, { client, secrets: secrets.toSorted(newestFirst) })
  }

  /** Disables a client that is there. */
  disable(id: ClientId): void {
    const found = this.#clients.get(id)
    if (found) this.put({ ...found.client, disabled: true }, ...found.secrets)
  }

  /** Gives a client that is there one more secret. */
  addSecret(id: ClientId, secret: ClientSecret): void {
    const found = this.#clients.get(id)
    if (found) this.put(found.client, ...found.secrets, secret)
  }

  /**
   * Makes every later call of a port fail with `error`, as a broken database would, or every later `call` alone;
   * `undefined` ends that.
   */
  fail(error: Error | undefined, call?: Call): void {
    this.#failure = error && { error, call }
  }

  #mayFail(call: Call): void {
    if (this.#failure && (this.#failure.call ?? call) === call) throw this.#failure.error
  }
}

const newestFirst = (one: ClientSecret, other: ClientSecret): number =>
  other.createdAt.getTime() - one.createdAt.getTime()

const compare = (one: ClientPosition, other: ClientPosition): number =>
  one.createdAt.getTime() - other.createdAt.getTime() || (one.id < other.id ? -1 : Number(one.id > other.id))
