import { ClientAuthenticator, ForeignMacCensus } from '@ac/client-validation'
import { Argon2SecretHasher, HmacSecretMacMaker } from '@ac/crypto'
import { PostgresClientSecretStore } from '@ac/postgres'
import type { Provider } from '@nestjs/common'
import * as adapter from '../adapter-tokens.ts'
import { provide } from '../provide.ts'
import * as app from '../tokens.ts'

/** argon2id of 16 zero bytes as salt and no secret at all, with the parameters of the real hashes. */
const DECOY_HASH = '$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'

/** Clients, and how they prove who they are. */
export const clientProviders: Provider[] = [
  provide(adapter.SECRET_MAC_MAKER, [adapter.CONFIG], ({ hashSecret }) => new HmacSecretMacMaker(hashSecret)),
  provide(adapter.SECRET_HASHER, [], () => new Argon2SecretHasher()),
  provide(
    adapter.POSTGRES_CLIENT_SECRET_STORE,
    [adapter.SESSION_POOL, adapter.DATABASE],
    (pool, db) => new PostgresClientSecretStore(pool, db),
  ),
  provide(adapter.CLIENT_SECRET_STORE, [adapter.POSTGRES_CLIENT_SECRET_STORE], (store) => store),
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
]
