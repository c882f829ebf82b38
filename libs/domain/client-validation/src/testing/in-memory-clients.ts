import type { AuditEvent, ClientId, SecretId } from '@ac/kernel'
import { ClientExists } from '../client-exists.ts'
import type { Client, ClientSecret, ClientWithSecrets, SecretMac } from '../client.ts'
import type { ClientChange, ClientPosition, ClientRegistry, SecretChanges } from '../ports/client-registry.ts'
import type { ClientSecretStore } from '../ports/client-secret-store.ts'
import { USE_RESOLUTION_SECONDS, type SecretUseRecorder } from '../ports/secret-use-recorder.ts'
import { UnknownClient } from '../unknown-client.ts'

type Call = keyof ClientSecretStore | keyof ClientRegistry | 'flush'

/** Keeps clients in a map, and the audit events that came with them in a list. One object, all ports. */
export class InMemoryClients implements ClientSecretStore, ClientRegistry, SecretUseRecorder {
  readonly events: AuditEvent[] = []
  readonly #clients = new Map<ClientId, ClientWithSecrets>()
  readonly #uses = new Map<SecretId, Date>()
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

  async change(
    id: ClientId,
    decide: (found: ClientWithSecrets) => ClientChange | undefined,
  ): Promise<ClientWithSecrets> {
    this.#mayFail('change')
    const found = this.#found(id)
    const change = decide(found)
    if (!change) return found
    this.put(change.client, ...changed(found.secrets, change.secrets))
    this.events.push(...change.events)
    return this.#found(id)
  }

  async remove(id: ClientId, decide: (found: ClientWithSecrets) => AuditEvent): Promise<void> {
    this.#mayFail('remove')
    const event = decide(this.#found(id))
    this.#clients.delete(id)
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
    this.#edit(secret, (stored) => ({ ...stored, mac }))
  }

  note(secret: SecretId, at: Date): void {
    if ((this.#uses.get(secret) ?? at) <= at) this.#uses.set(secret, at)
  }

  async flush(): Promise<void> {
    this.#mayFail('flush')
    for (const [secret, at] of this.#uses) {
      this.#edit(secret, (stored) => (isNews(stored.lastUsedAt, at) ? { ...stored, lastUsedAt: at } : stored))
    }
    this.#uses.clear()
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

  #found(id: ClientId): ClientWithSecrets {
    const found = this.#clients.get(id)
    if (!found) throw new UnknownClient()
    return found
  }

  #edit(secret: SecretId, edit: (stored: ClientSecret) => ClientSecret): void {
    for (const { client, secrets } of this.#clients.values()) {
      if (secrets.some(({ id }) => id === secret)) {
        this.put(client, ...secrets.map((stored) => (stored.id === secret ? edit(stored) : stored)))
      }
    }
  }

  #mayFail(call: Call): void {
    if (this.#failure && (this.#failure.call ?? call) === call) throw this.#failure.error
  }
}

const newestFirst = (one: ClientSecret, other: ClientSecret): number =>
  other.createdAt.getTime() - one.createdAt.getTime()

const compare = (one: ClientPosition, other: ClientPosition): number =>
  one.createdAt.getTime() - other.createdAt.getTime() || (one.id < other.id ? -1 : Number(one.id > other.id))

const isNews = (known: Date | undefined, at: Date): boolean =>
  !known || at.getTime() - known.getTime() >= USE_RESOLUTION_SECONDS * 1000

function changed(secrets: readonly ClientSecret[], changes?: SecretChanges): readonly ClientSecret[] {
  if (!changes) return secrets
  const { added, deadlines, removed } = changes
  const kept = secrets.filter(({ id }) => !removed.includes(id))
  const ends = new Map(deadlines.map(({ id, expiresAt }) => [id, expiresAt]))
  return [...kept.map((secret) => ({ ...secret, expiresAt: ends.get(secret.id) ?? secret.expiresAt })), ...added]
}
