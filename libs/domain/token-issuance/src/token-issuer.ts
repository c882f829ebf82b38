import { formatScope, type AuditTrail, type Clock, type Origin, type Secret } from '@ac/kernel'
import type { AccessTokenClaims } from './access-token-claims.ts'
import { decideGrant, type Audiences, type Grant, type RequestedGrant } from './decide-grant.ts'
import { InvalidScope } from './invalid-scope.ts'
import { InvalidTarget } from './invalid-target.ts'
import type { ClientAuthentication, Grantee } from './ports/client-authentication.ts'
import type { NewTokenId } from './ports/new-token-id.ts'
import type { TokenSigner } from './ports/token-signer.ts'

/** A request for a token by client credentials (RFC 6749 section 4.4.2), parsed but not yet trusted. */
export interface TokenRequest extends RequestedGrant {
  readonly clientId: string
  readonly secret: Secret
}

/** A token and what its holder must be told of it (RFC 6749 section 5.1). */
export interface IssuedToken {
  /** JWS in compact form; a secret of its holder. */
  readonly accessToken: string
  /** Whole seconds from now. */
  readonly expiresIn: number
  /** Space-separated scope-tokens. */
  readonly scope: string
}

/** The deployment's rules for tokens. */
export interface TokenPolicy {
  readonly audiences: Audiences
  /** Lifetime of a token whose client has none of its own, in seconds. */
  readonly ttlSeconds: number
  /** No token lives longer, whatever its client says: verifiers must find the key for as long as the token lives. */
  readonly maxTtlSeconds: number
}

/** What {@link TokenIssuer} needs. */
export interface TokenIssuerDeps {
  readonly clients: ClientAuthentication
  readonly signer: TokenSigner
  readonly audit: AuditTrail
  readonly newTokenId: NewTokenId
  readonly clock: Clock
  readonly policy: TokenPolicy
}

/** Issues access tokens to clients that prove who they are. */
export class TokenIssuer {
  readonly #deps: TokenIssuerDeps

  constructor(deps: TokenIssuerDeps) {
    this.#deps = deps
  }

  /**
   * A signed token for what `request` asks for. It is given out only after its audit event is committed.
   * @throws {ClientRejected} code `client_rejected`: the credentials prove nothing
   * @throws {InvalidTarget} see {@link decideGrant}
   * @throws {InvalidScope} see {@link decideGrant}
   * @throws {SigningKeyUnavailable} there is no active key
   * @throws {Overloaded} a queue on the way is full
   * @throws {Unavailable} the storage or the audit trail does not answer
   */
  async issue(request: TokenRequest, origin: Origin): Promise<IssuedToken> {
    const { clients, signer, audit, clock } = this.#deps
    const client = await clients.authenticate(request, origin)
    const grant = await this.#grant(client, request, origin)
    const occurredAt = clock()
    const claims = this.#claims(client, grant, Math.floor(occurredAt.getTime() / 1000))
    const accessToken = await signer.sign(claims)
    await audit.record({
      type: 'token.issued',
      outcome: 'success',
      reason: undefined,
      occurredAt,
      actor: client.id,
      target: claims.jti,
      origin,
    })
    return { accessToken, expiresIn: claims.exp - claims.iat, scope: claims.scope }
  }

  async #grant(client: Grantee, request: RequestedGrant, origin: Origin): Promise<Grant> {
    const { audit, clock, policy } = this.#deps
    try {
      return decideGrant(client, request, policy.audiences)
    } catch (error) {
      if (error instanceof InvalidScope || error instanceof InvalidTarget) {
        await audit.record({
          type: 'token.refused',
          outcome: 'failure',
          reason: error.code,
          occurredAt: clock(),
          actor: client.id,
          target: undefined,
          origin,
        })
      }
      throw error
    }
  }

  #claims(client: Grantee, { audience, scopes }: Grant, iat: number): AccessTokenClaims {
    const { policy, newTokenId } = this.#deps
    const ttl = Math.min(client.accessTokenTtlSeconds ?? policy.ttlSeconds, policy.maxTtlSeconds)
    return {
      iss: policy.audiences.issuer,
      sub: client.id,
      client_id: client.id,
      aud: audience,
      iat,
      exp: iat + ttl,
      jti: newTokenId(),
      scope: formatScope(scopes),
      ...(client.serviceType !== undefined && { service_type: client.serviceType }),
      ...(client.region !== undefined && { region: client.region }),
    }
  }
}
