import type { ClientId, KeyId, TokenId } from '@ac/kernel'
import type { TokenReference, TokenState, TokenStates } from '../ports/token-states.ts'

/** Keeps what has become of tokens in sets and maps. */
export class InMemoryTokenStates implements TokenStates {
  readonly #clients = new Map<ClientId, { disabled: boolean; notBefore: Date | undefined }>()
  readonly #revoked = new Set<TokenId>()
  readonly #revokedKeys = new Set<KeyId>()
  #notBefore: Date | undefined
  #failure: Error | undefined

  async read({ id, clientId, keyId }: TokenReference): Promise<TokenState> {
    if (this.#failure) throw this.#failure
    const client = this.#clients.get(clientId)
    const moments = [client?.notBefore, this.#notBefore].flatMap((moment) => moment?.getTime() ?? [])
    return {
      revoked: this.#revoked.has(id),
      keyRevoked: this.#revokedKeys.has(keyId),
      client: client && { disabled: client.disabled },
      notBefore: moments.length === 0 ? undefined : new Date(Math.max(...moments)),
    }
  }

  /** Registers a client, or changes it. */
  put(id: ClientId, { disabled = false }: { readonly disabled?: boolean } = {}): void {
    this.#clients.set(id, { disabled, notBefore: this.#clients.get(id)?.notBefore })
  }

  remove(id: ClientId): void {
    this.#clients.delete(id)
  }

  revoke(id: TokenId): void {
    this.#revoked.add(id)
  }

  revokeKey(id: KeyId): void {
    this.#revokedKeys.add(id)
  }

  /** Revokes what was issued before `moment`, to that client, or to everybody. */
  setNotBefore(moment: Date, id?: ClientId): void {
    const client = id && this.#clients.get(id)
    if (client) client.notBefore = moment
    else this.#notBefore = moment
  }

  /** Makes every later call fail with `error`, as a broken database would; `undefined` ends that. */
  fail(error: Error | undefined): void {
    this.#failure = error
  }
}
