import { JwtTokenReader, JwtTokenSigner, newTokenId } from '@ac/crypto'
import { PostgresTokenRevocations, PostgresTokenStates } from '@ac/postgres'
import { TokenIssuer } from '@ac/token-issuance'
import { AccessAuthorizer, TokenIntrospector, TokenRevoker, TokenVerifier } from '@ac/token-validation'
import type { Provider } from '@nestjs/common'
import * as adapter from '../adapter-tokens.ts'
import { provide } from '../provide.ts'
import * as app from '../tokens.ts'

/** Access tokens: how they are issued, and how those that come back are validated and revoked. */
export const tokenProviders: Provider[] = [
  provide(app.TOKEN_SIGNER, [app.KEY_RING, adapter.INSTRUMENTATION], (ring, telemetry) =>
    telemetry.tokenSigner(new JwtTokenSigner({ active: () => ring.signer() })),
  ),
  provide(
    app.TOKEN_ISSUER,
    [app.CLIENT_AUTHENTICATOR, app.TOKEN_SIGNER, app.AUDIT_TRAIL, app.CLOCK, adapter.CONFIG, adapter.INSTRUMENTATION],
    (clients, signer, audit, clock, { tokens }, telemetry) => {
      const policy = {
        audiences: { issuer: tokens.issuer, fallback: tokens.defaultAudience },
        ttlSeconds: tokens.ttlSeconds,
        maxTtlSeconds: tokens.maxTtlSeconds,
      }
      return telemetry.tokenIssuer(new TokenIssuer({ clients, signer, audit, newTokenId, clock, policy }))
    },
  ),
  provide(
    adapter.SIGNED_TOKEN_READER,
    [app.KEY_RING],
    (ring) => new JwtTokenReader({ publicKey: (kid) => ring.publicKey(kid) }),
  ),
  provide(adapter.TOKEN_STATES, [adapter.SESSION_POOL, adapter.INSTRUMENTATION], (pool, telemetry) =>
    telemetry.tokenStates(new PostgresTokenStates(pool)),
  ),
  provide(
    app.TOKEN_VERIFIER,
    [adapter.SIGNED_TOKEN_READER, adapter.TOKEN_STATES, app.CLOCK, adapter.CONFIG, adapter.INSTRUMENTATION],
    (reader, states, clock, { tokens: { issuer, clockSkewSeconds } }, telemetry) =>
      telemetry.tokenVerifier(
        new TokenVerifier({ tokens: reader, states, clock, policy: { issuer, clockSkewSeconds } }),
      ),
  ),
  provide(app.TOKEN_INTROSPECTOR, [app.TOKEN_VERIFIER], (verifier) => new TokenIntrospector({ verifier })),
  provide(
    adapter.POSTGRES_TOKEN_REVOCATIONS,
    [adapter.DATABASE, adapter.AUDITED_TRANSACTIONS],
    (db, transactions) => new PostgresTokenRevocations(db, transactions),
  ),
  provide(
    app.TOKEN_REVOKER,
    [adapter.SIGNED_TOKEN_READER, adapter.POSTGRES_TOKEN_REVOCATIONS, app.AUDIT_TRAIL, app.CLOCK, adapter.CONFIG],
    (reader, revocations, audit, clock, { tokens: { issuer, clockSkewSeconds } }) =>
      new TokenRevoker({ tokens: reader, revocations, audit, clock, policy: { issuer, clockSkewSeconds } }),
  ),
  provide(
    app.ACCESS_AUTHORIZER,
    [app.TOKEN_VERIFIER, app.AUDIT_TRAIL, app.CLOCK, app.ISSUER],
    (verifier, audit, clock, issuer) => new AccessAuthorizer({ verifier, audit, clock, audience: issuer }),
  ),
]
