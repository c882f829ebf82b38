import { ClientAuthenticator, ForeignMacCensus, ThrottledClientAuthenticator } from '@ac/client-validation'
import { Argon2SecretHasher, HmacSecretMacMaker } from '@ac/crypto'
import { PostgresClientSecretStore, PostgresSecretUseRecorder, StatementQueue } from '@ac/postgres'
import { PostgresFailureLimiter } from '@ac/rate-limiter'
import type { Provider } from '@nestjs/common'
import { currentCaller } from '../../http/load/callers.ts'
import * as adapter from '../adapter-tokens.ts'
import { provide } from '../provide.ts'
import * as app from '../tokens.ts'

/** argon2id of 16 zero bytes as salt and no secret at all, with the parameters of the real hashes. */
const DECOY_HASH = '$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'

/** As many clients of one network may fail at the same time, each as often as it may. */
const CLIENTS_OF_NETWORK = 20

/** Clients, and how they prove who they are. */
export const clientProviders: Provider[] = [
  provide(adapter.SECRET_MAC_MAKER, [adapter.CONFIG], ({ hashSecret }) => new HmacSecretMacMaker(hashSecret)),
  provide(adapter.SECRET_HASHER, [adapter.INSTRUMENTATION], (telemetry) =>
    telemetry.secretHasher(new Argon2SecretHasher()),
  ),
  provide(
    adapter.POSTGRES_CLIENT_SECRET_STORE,
    [adapter.SESSION_POOL, adapter.DATABASE],
    (pool, db) => new PostgresClientSecretStore(pool, db, currentCaller),
  ),
  provide(
    adapter.CLIENT_SECRET_STORE,
    [adapter.POSTGRES_CLIENT_SECRET_STORE, adapter.INSTRUMENTATION],
    (store, telemetry) => telemetry.clientSecretStore(store),
  ),
  provide(adapter.SECRET_USE_RECORDER, [adapter.DATABASE], (db) => new PostgresSecretUseRecorder(db)),
  provide(app.FOREIGN_MAC_CENSUS, [], () => new ForeignMacCensus(DECOY_HASH)),
  provide(
    adapter.UNLIMITED_AUTHENTICATOR,
    [
      adapter.CLIENT_SECRET_STORE,
      adapter.SECRET_MAC_MAKER,
      adapter.SECRET_HASHER,
      app.FOREIGN_MAC_CENSUS,
      adapter.SECRET_USE_RECORDER,
      app.AUDIT_TRAIL,
      app.CLOCK,
      app.LOG,
    ],
    (store, macs, hasher, census, uses, audit, clock, log) =>
      new ClientAuthenticator({ store, macs, hasher, census, uses, audit, clock, log }),
  ),
  provide(
    adapter.POSTGRES_FAILURE_LIMITER,
    [adapter.SESSION_POOL, adapter.IDENTIFIER_HASHER, adapter.CONFIG, app.LOG],
    (pool, hasher, { limits }, log) =>
      new PostgresFailureLimiter({
        client: new StatementQueue(pool, 'failure counts', currentCaller),
        limits: {
          windowSeconds: limits.rateLimitWindowSeconds,
          maxFailures: limits.rateLimitMaxFailures,
          maxFailuresOfNetwork: limits.rateLimitMaxFailures * CLIENTS_OF_NETWORK,
        },
        hash: (text) => hasher.hash(text),
        log,
      }),
  ),
  provide(
    app.CLIENT_AUTHENTICATOR,
    [
      adapter.UNLIMITED_AUTHENTICATOR,
      adapter.POSTGRES_FAILURE_LIMITER,
      app.AUDIT_TRAIL,
      app.CLOCK,
      adapter.INSTRUMENTATION,
    ],
    (authenticator, limiter, audit, clock, telemetry) =>
      telemetry.clientAuthenticator(new ThrottledClientAuthenticator({ authenticator, limiter, audit, clock })),
  ),
]
