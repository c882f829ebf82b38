import { DomainError, type ClientId, type Secret } from '@ac/kernel'
import type { ClientAuthentication, Grantee } from '../ports/client-authentication.ts'

/** Carries the code that the port promises. The error of that name is client validation's, which is not known here. */
class CredentialsRefused extends DomainError {
  readonly code = 'client_rejected'

  constructor() {
    super('client authentication failed')
  }
}

/** Knows the clients that it was told of, by their secrets in the clear. */
export class FakeClientAuthentication implements ClientAuthentication {
  readonly #clients = new Map<string, { readonly grantee: Grantee; readonly secret: Secret }>()
  #failure: Error | undefined

  async authenticate(credentials: { readonly clientId: string; readonly secret: Secret }): Promise<Grantee> {
    if (this.#failure) throw this.#failure
    const known = this.#clients.get(credentials.clientId)
    if (known?.secret.reveal() !== credentials.secret.reveal()) throw new CredentialsRefused()
    return known.grantee
  }

  /** Lets `grantee` in with `secret` from now on. */
  enrol(grantee: Grantee, secret: Secret): void {
    this.#clients.set(grantee.id, { grantee, secret })
  }

  /** Lets the client in no more. */
  disable(id: ClientId): void {
    this.#clients.delete(id)
  }

  /** Makes every later call fail with `error`, as a broken database would; `undefined` ends that. */
  fail(error: Error | undefined): void {
    this.#failure = error
  }
}
