import { ClientAdministrator, ClientRegistrar, SecretRotator, type ClientRegistry } from '@ac/client-validation'
import { AesGcmKeyCipher, Argon2SecretHasher, Ed25519KeyPairs, HmacSecretMacMaker, pooledRandomBytes } from '@ac/crypto'
import type { DatabaseConfig, ServiceConfig } from '@ac/environment'
import { KeyRevoker, KeyRewrapper, KeyRotator, type SigningKeyStore } from '@ac/key-rotation'
import {
  openDatabase,
  pendingMigrations,
  PostgresClientRegistry,
  PostgresClientSecretStore,
  PostgresSigningKeyStore,
  SessionPool,
} from '@ac/postgres'
import type { Schema, Workbench } from '../workbench.ts'
import { migrateSchema } from './migrate-schema.ts'
import { readConfiguration } from './read-configuration.ts'
import { SILENT_LOG } from './silent-log.ts'

/** The workbench over the service's own adapters: the one place that knows every concrete class. */
export class PostgresWorkbench implements Workbench {
  readonly #env: NodeJS.ProcessEnv
  #pool: SessionPool | undefined

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

  clients(): ClientRegistry {
    return this.#registry(readConfiguration(this.#env).database)
  }

  registrar(): ClientRegistrar {
    return new ClientRegistrar(this.#secretDeps(readConfiguration(this.#env, 'hashSecret')))
  }

  clientAdministrator(): ClientAdministrator {
    return new ClientAdministrator({ registry: this.clients(), clock: () => new Date() })
  }

  secretRotator(): SecretRotator {
    return new SecretRotator(this.#secretDeps(readConfiguration(this.#env, 'hashSecret')))
  }

  signingKeys(): SigningKeyStore {
    return this.#keyStore(readConfiguration(this.#env).database)
  }

  keyRotator(): KeyRotator {
    const config = readConfiguration(this.#env, 'masterKeys', 'signingKeys')
    return new KeyRotator({ ...this.#keyDeps(config), policy: config.signingKeys })
  }

  keyRevoker(): KeyRevoker {
    return new KeyRevoker(this.#keyDeps(readConfiguration(this.#env, 'masterKeys')))
  }

  keyRewrapper(): KeyRewrapper {
    return new KeyRewrapper(this.#keyDeps(readConfiguration(this.#env, 'masterKeys')))
  }

  /** Closes what the methods opened. */
  async close(): Promise<void> {
    await this.#pool?.end()
  }

  #registry(database: DatabaseConfig): ClientRegistry {
    const pool = this.#open(database)
    const db = openDatabase(pool)
    return new PostgresClientRegistry(db, new PostgresClientSecretStore(pool, db))
  }

  #secretDeps({ database, hashSecret }: Pick<ServiceConfig, 'database' | 'hashSecret'>) {
    return {
      registry: this.#registry(database),
      macs: new HmacSecretMacMaker(hashSecret),
      hasher: new Argon2SecretHasher(),
      randomBytes: pooledRandomBytes,
      clock: () => new Date(),
    }
  }

  #keyStore(database: DatabaseConfig): SigningKeyStore {
    return new PostgresSigningKeyStore(openDatabase(this.#open(database)))
  }

  #keyDeps({ database, masterKeys }: Pick<ServiceConfig, 'database' | 'masterKeys'>) {
    return {
      store: this.#keyStore(database),
      cipher: new AesGcmKeyCipher(masterKeys),
      pairs: new Ed25519KeyPairs(),
    }
  }

  #open(database: DatabaseConfig): SessionPool {
    return (this.#pool ??= new SessionPool(settings(database), SILENT_LOG))
  }
}

const settings = ({ certificateAuthorities: ca, ...database }: DatabaseConfig) => ({
  ...database,
  ca,
  applicationName: 'acctl',
})
