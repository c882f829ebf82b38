import { TrailVerifier } from '@ac/audit'
import { ClientAdministrator, ClientRegistrar, SecretRotator, type ClientRegistry } from '@ac/client-validation'
import {
  AesGcmKeyCipher,
  Argon2SecretHasher,
  Ed25519KeyPairs,
  HmacChainKey,
  HmacSecretMacMaker,
  pooledRandomBytes,
} from '@ac/crypto'
import { readConfig, type DatabaseConfig, type ServiceConfig } from '@ac/environment'
import { KeyRevoker, KeyRewrapper, KeyRotator, type SigningKeyStore } from '@ac/key-rotation'
import {
  openDatabase,
  pendingMigrations,
  PostgresAuditEventReader,
  PostgresClientRegistry,
  PostgresClientSecretStore,
  PostgresSigningKeyStore,
  PostgresStoredTrail,
  PostgresTokenRevocations,
  SessionPool,
  type AuditedTransactions,
} from '@ac/postgres'
import { MassRevoker } from '@ac/token-validation'
import type { Schema, Workbench } from '../workbench.ts'
import { AuditedWrites } from './audited-writes.ts'
import { migrateSchema } from './migrate-schema.ts'
import { readConfiguration } from './read-configuration.ts'
import { SILENT_LOG } from './silent-log.ts'

/** The workbench over the service's own adapters: the one place that knows every concrete class. */
export class PostgresWorkbench implements Workbench {
  readonly #env: NodeJS.ProcessEnv
  #pool: SessionPool | undefined
  #writes: AuditedWrites | undefined

  constructor(env: NodeJS.ProcessEnv) {
    this.#env = env
  }

  schema(): Schema {
    const { database } = readConfiguration(this.#env)
    return {
      migrate: () => migrateSchema(settings(database)),
      pending: () => pendingMigrations(openDatabase(this.#open(database))),
    }
  }

  clients(): Pick<ClientRegistry, 'get' | 'list'> {
    return this.#registry(this.#open(readConfiguration(this.#env).database), READ_ONLY)
  }

  registrar(): ClientRegistrar {
    return new ClientRegistrar(this.#secretDeps(readConfiguration(this.#env, 'hashSecret')))
  }

  clientAdministrator(): ClientAdministrator {
    const config = readConfiguration(this.#env, 'hashSecret')
    return new ClientAdministrator({ registry: this.#writableRegistry(config), clock })
  }

  secretRotator(): SecretRotator {
    return new SecretRotator(this.#secretDeps(readConfiguration(this.#env, 'hashSecret')))
  }

  massRevoker(): MassRevoker {
    const { database, hashSecret } = readConfiguration(this.#env, 'hashSecret')
    const pool = this.#open(database)
    const transactions = this.#transactions(pool, hashSecret)
    return new MassRevoker({ revocations: new PostgresTokenRevocations(openDatabase(pool), transactions), clock })
  }

  signingKeys(): Pick<SigningKeyStore, 'read'> {
    const db = openDatabase(this.#open(readConfiguration(this.#env).database))
    return new PostgresSigningKeyStore(db, READ_ONLY)
  }

  keyRotator(): KeyRotator {
    const config = readConfiguration(this.#env, 'hashSecret', 'masterKeys', 'signingKeys')
    return new KeyRotator({ ...this.#keyDeps(config), policy: config.signingKeys })
  }

  keyRevoker(): KeyRevoker {
    return new KeyRevoker(this.#keyDeps(readConfiguration(this.#env, 'hashSecret', 'masterKeys')))
  }

  keyRewrapper(): KeyRewrapper {
    return new KeyRewrapper(this.#keyDeps(readConfiguration(this.#env, 'hashSecret', 'masterKeys')))
  }

  auditEvents(): PostgresAuditEventReader {
    return new PostgresAuditEventReader(openDatabase(this.#open(readConfiguration(this.#env).database)))
  }

  trailVerifier(earlierSecrets: readonly string[]): TrailVerifier {
    const { database, hashSecret } = readConfiguration(this.#env, 'hashSecret')
    const secrets = [hashSecret, ...earlierSecrets.map(readHashSecret)]
    const stored = new PostgresStoredTrail(openDatabase(this.#open(database)))
    return new TrailVerifier({ stored, keys: secrets.map((secret) => new HmacChainKey(secret)) })
  }

  /** Closes what the methods opened. */
  async close(): Promise<void> {
    await this.#writes?.end()
    await this.#pool?.end()
  }

  #registry(pool: SessionPool, transactions: Transactions): ClientRegistry {
    const db = openDatabase(pool)
    return new PostgresClientRegistry(db, new PostgresClientSecretStore(pool, db), transactions)
  }

  #writableRegistry({ database, hashSecret }: WritingConfig): ClientRegistry {
    const pool = this.#open(database)
    return this.#registry(pool, this.#transactions(pool, hashSecret))
  }

  #secretDeps({ database, hashSecret }: WritingConfig) {
    return {
      registry: this.#writableRegistry({ database, hashSecret }),
      macs: new HmacSecretMacMaker(hashSecret),
      hasher: new Argon2SecretHasher(),
      randomBytes: pooledRandomBytes,
      clock,
    }
  }

  #keyDeps({ database, hashSecret, masterKeys }: WritingConfig & Pick<ServiceConfig, 'masterKeys'>) {
    const pool = this.#open(database)
    return {
      store: new PostgresSigningKeyStore(openDatabase(pool), this.#transactions(pool, hashSecret)),
      cipher: new AesGcmKeyCipher(masterKeys),
      pairs: new Ed25519KeyPairs(),
    }
  }

  #transactions(pool: SessionPool, hashSecret: Uint8Array): AuditedTransactions {
    return (this.#writes ??= new AuditedWrites(pool, hashSecret)).transactions
  }

  #open(database: DatabaseConfig): SessionPool {
    return (this.#pool ??= new SessionPool(settings(database), SILENT_LOG))
  }
}

type WritingConfig = Pick<ServiceConfig, 'database' | 'hashSecret'>
type Transactions = Pick<AuditedTransactions, 'run'>

const clock = (): Date => new Date()

/** For commands that only look, and so need no secret to seal events with. */
const READ_ONLY: Transactions = { run: () => Promise.reject(new Error('a command that only looks changes nothing')) }

/** The hash secret in a file, in the form that `AC_HASH_SECRET_FILE` has. */
const readHashSecret = (path: string): Uint8Array =>
  readConfig({ AC_HASH_SECRET_FILE: path }, ['hashSecret']).hashSecret

const settings = ({ certificateAuthorities: ca, ...database }: DatabaseConfig) => ({
  ...database,
  ca,
  applicationName: 'acctl',
})
