import { ClientAuthenticator, ForeignMacCensus } from '@ac/client-validation'
import { newTokenId } from '@ac/crypto'
import { KeyInitialiser, KeyRing } from '@ac/key-rotation'
import { TokenIssuer } from '@ac/token-issuance'
import type { Provider } from '@nestjs/common'
import * as adapter from './adapter-tokens.ts'
import { provide } from './provide.ts'
import * as app from './tokens.ts'

/** argon2id of 16 zero bytes as salt and no secret at all, with the parameters of the real hashes. */
const DECOY_HASH = '$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'

/** The use cases. Domain libraries do not know each other; here they meet. */
export const domainProviders: Provider[] = [
  provide(app.CLOCK, [], () => () => new Date()),
  provide(app.FOREIGN_MAC_CENSUS, [], () => new ForeignMacCensus(DECOY_HASH)),
  provide(
    app.CLIENT_AUTHENTICATOR,
    [
      adapter.CLIENT_SECRET_STORE,
      adapter.SECRET_MAC_MAKER,
      adapter.SECRET_HASHER,
      app.FOREIGN_MAC_CENSUS,
      app.AUDIT_TRAIL,
      app.CLOCK,
      app.LOG,
    ],
    (store, macs, hasher, census, audit, clock, log) =>
      new ClientAuthenticator({ store, macs, hasher, census, audit, clock, log }),
  ),
  provide(
    app.KEY_RING,
    [adapter.SIGNING_KEY_STORE, adapter.KEY_CIPHER, adapter.KEY_PAIRS, app.CLOCK],
    (store, cipher, pairs, clock) => new KeyRing({ store, cipher, pairs, clock }),
  ),
  provide(
    app.KEY_INITIALISER,
    [adapter.SIGNING_KEY_STORE, adapter.KEY_CIPHER, adapter.KEY_PAIRS, app.CLOCK],
    (store, cipher, pairs, clock) => new KeyInitialiser({ store, cipher, pairs, clock }),
  ),
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
