import type { ClientId, Origin, Scope, Secret } from '@ac/kernel'

/** What the issuer must know of a client that has proved who it is. */
export interface Grantee {
  readonly id: ClientId
  readonly serviceType: string | undefined
  readonly region: string | undefined
  readonly scopes: readonly Scope[]
  readonly audiences: readonly string[]
  readonly accessTokenTtlSeconds: number | undefined
}

/** Tells who a caller is, on its proof. Every call asks the storage afresh. */
export interface ClientAuthentication {
  /**
   * The client that the credentials prove.
   * @throws {ClientRejected} code `client_rejected`: they prove nothing
   * @throws {Overloaded} a queue on the way is full
   * @throws {Unavailable} the storage does not answer
   */
  authenticate(credentials: { readonly clientId: string; readonly secret: Secret }, origin: Origin): Promise<Grantee>
}
