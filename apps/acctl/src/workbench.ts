import type { AuditEventReader, TrailVerifier } from '@ac/audit'
import type { ClientAdministrator, ClientRegistrar, ClientRegistry, SecretRotator } from '@ac/client-validation'
import type { KeyRevoker, KeyRewrapper, KeyRotator, SigningKeyStore } from '@ac/key-rotation'
import type { MassRevoker } from '@ac/token-validation'

/** The database's schema, as migrations know it. */
export interface Schema {
  /**
   * Runs pending migrations; see `migrate` of @ac/postgres.
   * @returns the names of those that were run, in order
   * @throws {MigrationFailed} one of them failed; nothing was changed
   * @throws {Unavailable} no connection, or a lock was not to be had in time; nothing was changed
   */
  migrate(): Promise<readonly string[]>
  /**
   * The names of migrations that this build knows and the database has not run, in order.
   * @throws {Unavailable} the database does not answer
   */
  pending(): Promise<readonly string[]>
}

/**
 * What commands work with. Each method reads only those parts of the environment that its result needs, and throws when
 * they are wrong; nothing is connected before the result is used. Whatever changes something needs the hash secret, which
 * seals its audit event.
 */
export interface Workbench {
  /** Needs the database. */
  schema(): Schema
  /** Needs the database. */
  clients(): Pick<ClientRegistry, 'get' | 'list'>
  /** Needs the database and the hash secret. */
  registrar(): Pick<ClientRegistrar, 'register'>
  /** Needs the database and the hash secret. */
  clientAdministrator(): Pick<ClientAdministrator, 'update' | 'delete'>
  /** Needs the database and the hash secret. */
  secretRotator(): Pick<SecretRotator, 'rotate' | 'revoke'>
  /** Needs the database and the hash secret. */
  massRevoker(): Pick<MassRevoker, 'revokeAll' | 'revokeAllOf'>
  /** Needs the database. */
  signingKeys(): Pick<SigningKeyStore, 'read'>
  /** Needs the database, the hash secret, the master keys and the times of signing keys. */
  keyRotator(): Pick<KeyRotator, 'rotate'>
  /** Needs the database, the hash secret and the master keys. */
  keyRevoker(): Pick<KeyRevoker, 'revoke'>
  /** Needs the database, the hash secret and the master keys. */
  keyRewrapper(): Pick<KeyRewrapper, 'rewrap'>
  /** Needs the database. */
  auditEvents(): AuditEventReader
  /**
   * Needs the database and the hash secret.
   * @param earlierSecrets files, each with a hash secret that was in use before
   */
  trailVerifier(earlierSecrets: readonly string[]): Pick<TrailVerifier, 'verify'>
}
