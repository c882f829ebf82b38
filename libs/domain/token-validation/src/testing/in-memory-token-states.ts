import type { AuditEvent, ClientId, Clock, KeyId, TokenId } from '@ac/kernel'
import { MovingClock } from '@ac/kernel/testing'
import type { RevocableToken, TokenRevocations } from '../ports/token-revocations.ts'
import type { TokenReference, TokenState, TokenStates } from '../ports/token-states.ts'

/** Keeps what has become of tokens in sets and maps, and the audit events of that in a list. One object, both ports. */
export class InMemoryTokenStates implements TokenStates, TokenRevocations {
  readonly events: AuditEvent[] = []
  readonly #clock: Clock
  readonly #clients = new Map<ClientId, { disabled: boolean; notBefore: Date | undefined }>()
  readonly #revoked = new Set<TokenId>()
  readonly #revokedKeys = new Set<KeyId>()
  #notBefore: Date | undefined
  #failure: Error | undefined

  constructor(clock: Clock = new MovingClock().now) {
    this.#clock = clock
  }

  async read({ id, clientId, keyId }: TokenReference): Promise<TokenState> {
    if (this.#failure) throw this.#failure
    const client = this.#clients.get(clientId)
    return {
      revoked: this.#revoked.has(id),
      keyRevoked: this.#revokedKeys.has(keyId),
      client: client && { disabled: client.disabled },
      notBefore: later(client?.notBefore, this.#notBefore),
    }
  }

  async revoke({ id }: RevocableToken, event: AuditEvent): Promise<boolean> {
    if (this.#failure) throw this.#failure
    if (this.#revoked.has(id)) return false
    this.#revoked.add(id)
    this.events.push(event)
    return true
  }

  async revokeAll(event: AuditEvent): Promise<Date> {
    return this.#revokeIssued(event)
  }

  async revokeAllOf(client: ClientId, event: AuditEvent): Promise<Date | undefined> {
    return this.#clients.has(client) ? this.#revokeIssued(event, client) : undefined
  }

  /** Registers a client, or changes it. */
  put(id: ClientId, { disabled = false }: { readonly disabled?: boolean } = {}): void {
    this.#clients.set(id, { disabled, notBefore: this.#clients.get(id)?.notBefore })
  }

  remove(id: ClientId): void {
    this.#clients.delete(id)
  }

  revokeKey(id: KeyId): void {
    this.#revokedKeys.add(id)
  }

  /** Revokes what was issued before `moment`, to that client, or to everybody. */
  setNotBefore(moment: Date, id?: ClientId): void {
    const client = id && this.#clients.get(id)
    if (client) client.notBefore = later(client.notBefore, moment)
    else this.#notBefore = later(this.#notBefore, moment)
  }

  /** Makes every later call of a port fail with `error`, as a broken database would; `undefined` ends that. */
  fail(error: Error | undefined): void {
    this.#failure = error
  }

  #revokeIssued(event: AuditEvent, client?: ClientId): Date {
    if (this.#failure) throw this.#failure
    const notBefore = new Date((Math.floor(this.#clock().getTime() / 1000) + 1) * 1000)
    this.setNotBefore(notBefore, client)
    this.events.push(event)
    return notBefore
  }
}

const later = (one: Date | undefined, other: Date | undefined): Date | undefined =>
  one && other ? new Date(Math.max(one.getTime(), other.getTime())) : (one ?? other)
