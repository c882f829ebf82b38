import { AesGcmKeyCipher, Ed25519KeyPairs } from '@ac/crypto'
import { KeyInitialiser, KeyRevoker, KeyRing, KeyRotator } from '@ac/key-rotation'
import { NotificationListener, PostgresSigningKeyStore, SIGNING_KEY_CHANNEL } from '@ac/postgres'
import type { Clock } from '@ac/kernel'
import type { Provider } from '@nestjs/common'
import { backOffMs } from '../../lifecycle/back-off.ts'
import * as adapter from '../adapter-tokens.ts'
import { databaseSettings } from '../database-settings.ts'
import { provide } from '../provide.ts'
import * as app from '../tokens.ts'

/** Goes on when somebody sets the system's clock: a lease must not become longer by that. */
const steadyClock: Clock = () => new Date(performance.timeOrigin + performance.now())

/** Signing keys: where they are kept, how they are sealed, and which of them are in use. */
export const keyProviders: Provider[] = [
  provide(
    adapter.SIGNING_KEY_STORE,
    [adapter.DATABASE, adapter.AUDITED_TRANSACTIONS],
    (db, transactions) => new PostgresSigningKeyStore(db, transactions),
  ),
  provide(app.KEY_CHANGES, [adapter.CONFIG, app.LOG], ({ database }, log) => {
    const options = { channel: SIGNING_KEY_CHANNEL, backOffMs: (attempt: number) => backOffMs(attempt) }
    return new NotificationListener(databaseSettings(database), options, log)
  }),
  provide(adapter.KEY_CIPHER, [adapter.CONFIG], ({ masterKeys }) => new AesGcmKeyCipher(masterKeys)),
  provide(adapter.KEY_PAIRS, [], () => new Ed25519KeyPairs()),
  provide(
    app.KEY_RING,
    [adapter.SIGNING_KEY_STORE, adapter.KEY_CIPHER, adapter.KEY_PAIRS, adapter.CONFIG, adapter.INSTRUMENTATION],
    (stored, cipher, pairs, { signingKeys: { leaseSeconds } }, telemetry) => {
      const store = telemetry.signingKeyReads(stored)
      return telemetry.keyRing(new KeyRing({ store, cipher, pairs, clock: steadyClock, leaseSeconds }))
    },
  ),
  provide(app.SIGNING_KEYS, [adapter.SIGNING_KEY_STORE], (store) => store),
  provide(
    app.KEY_ROTATOR,
    [adapter.SIGNING_KEY_STORE, adapter.KEY_CIPHER, adapter.KEY_PAIRS, adapter.CONFIG, adapter.INSTRUMENTATION],
    (store, cipher, pairs, { signingKeys: policy }, telemetry) =>
      telemetry.keyRotator(new KeyRotator({ store, cipher, pairs, policy })),
  ),
  provide(
    app.KEY_REVOKER,
    [adapter.SIGNING_KEY_STORE, adapter.KEY_CIPHER, adapter.KEY_PAIRS],
    (store, cipher, pairs) => new KeyRevoker({ store, cipher, pairs }),
  ),
  provide(
    app.KEY_INITIALISER,
    [adapter.SIGNING_KEY_STORE, adapter.KEY_CIPHER, adapter.KEY_PAIRS],
    (store, cipher, pairs) => new KeyInitialiser({ store, cipher, pairs }),
  ),
]
