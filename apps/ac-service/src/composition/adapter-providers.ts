import {
  AesGcmKeyCipher,
  Argon2SecretHasher,
  Ed25519KeyPairs,
  HmacIdentifierHasher,
  HmacSecretMacMaker,
  JwtTokenSigner,
} from '@ac/crypto'
import type { Provider } from '@nestjs/common'
import {
  GroupCommitAuditTrail,
  openDatabase,
  PostgresClientSecretStore,
  PostgresSigningKeyStore,
  SessionPool,
} from '@ac/postgres'
import * as adapter from './adapter-tokens.ts'
import { postgresStorage } from './postgres-storage.ts'
import { provide } from './provide.ts'
import * as app from './tokens.ts'

/** The database, and what is kept in it. */
export const storageProviders: Provider[] = [
  provide(adapter.SESSION_POOL, [adapter.CONFIG, app.LOG], ({ database }, log) => {
    const { certificateAuthorities: ca, ...settings } = database
    return new SessionPool({ ...settings, ca, applicationName: 'ac-service' }, log)
  }),
  provide(adapter.DATABASE, [adapter.SESSION_POOL], openDatabase),
  provide(
    adapter.POSTGRES_CLIENT_SECRET_STORE,
    [adapter.SESSION_POOL, adapter.DATABASE],
    (pool, db) => new PostgresClientSecretStore(pool, db),
  ),
  provide(adapter.CLIENT_SECRET_STORE, [adapter.POSTGRES_CLIENT_SECRET_STORE], (store) => store),
  provide(adapter.SIGNING_KEY_STORE, [adapter.DATABASE], (db) => new PostgresSigningKeyStore(db)),
  provide(adapter.GROUP_COMMIT_AUDIT_TRAIL, [adapter.SESSION_POOL], (pool) => new GroupCommitAuditTrail(pool)),
  provide(app.AUDIT_TRAIL, [adapter.GROUP_COMMIT_AUDIT_TRAIL], (trail) => trail),
  provide(
    app.STORAGE,
    [
      adapter.SESSION_POOL,
      adapter.DATABASE,
      adapter.GROUP_COMMIT_AUDIT_TRAIL,
      adapter.POSTGRES_CLIENT_SECRET_STORE,
      adapter.SECRET_MAC_MAKER,
      app.FOREIGN_MAC_CENSUS,
      app.LOG,
    ],
    postgresStorage,
  ),
]

/** Keys, hashes and signatures. */
export const cryptoProviders: Provider[] = [
  provide(adapter.SECRET_MAC_MAKER, [adapter.CONFIG], ({ hashSecret }) => new HmacSecretMacMaker(hashSecret)),
  provide(adapter.IDENTIFIER_HASHER, [adapter.CONFIG], ({ hashSecret }) => new HmacIdentifierHasher(hashSecret)),
  provide(adapter.SECRET_HASHER, [], () => new Argon2SecretHasher()),
  provide(adapter.KEY_CIPHER, [adapter.CONFIG], ({ masterKeys }) => new AesGcmKeyCipher(masterKeys)),
  provide(adapter.KEY_PAIRS, [], () => new Ed25519KeyPairs()),
  provide(app.TOKEN_SIGNER, [app.KEY_RING], (ring) => new JwtTokenSigner({ active: () => ring.active() })),
]
