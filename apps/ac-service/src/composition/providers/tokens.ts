import { JwtTokenSigner, newTokenId } from '@ac/crypto'
import { TokenIssuer } from '@ac/token-issuance'
import type { Provider } from '@nestjs/common'
import * as adapter from '../adapter-tokens.ts'
import { provide } from '../provide.ts'
import * as app from '../tokens.ts'

/** Access tokens: how they are issued. */
export const tokenProviders: Provider[] = [
  provide(app.TOKEN_SIGNER, [app.KEY_RING], (ring) => new JwtTokenSigner({ active: () => ring.signer() })),
  provide(
    app.TOKEN_ISSUER,
    [app.CLIENT_AUTHENTICATOR, app.TOKEN_SIGNER, app.AUDIT_TRAIL, app.CLOCK, adapter.CONFIG],
    (clients, signer, audit, clock, { tokens }) =>
      new TokenIssuer({
        clients,
        signer,
        audit,
        newTokenId,
        clock,
        policy: {
          audiences: { issuer: tokens.issuer, fallback: tokens.defaultAudience },
          ttlSeconds: tokens.ttlSeconds,
          maxTtlSeconds: tokens.maxTtlSeconds,
        },
      }),
  ),
]
