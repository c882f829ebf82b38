import type { ChainKey, Checkpointer } from '@ac/audit'
import type { ClientAuthenticator, ClientSecretStore, SecretHasher, SecretMacMaker } from '@ac/client-validation'
import type { HmacIdentifierHasher } from '@ac/crypto'
import type { ServiceConfig } from '@ac/environment'
import type { KeyCipher, KeyPairs, SigningKeyStore } from '@ac/key-rotation'
import type {
  AuditedTransactions,
  Database,
  GroupCommitAuditTrail,
  PostgresClientSecretStore,
  PostgresSecretUseRecorder,
  PostgresTokenRevocations,
  SessionPool,
} from '@ac/postgres'
import type { PostgresFailureLimiter } from '@ac/rate-limiter'
import type { Instrumentation } from '@ac/telemetry'
import type { SignedTokenReader, TokenStates } from '@ac/token-validation'
import { token } from './provide.ts'

/** What only the composition may ask for: adapters, and the ports that nothing but use cases needs. */
export const AUDITED_TRANSACTIONS = token<Pick<AuditedTransactions, 'run'>>('AuditedTransactions')
/** The same without telemetry around them, for who looks at their chain. */
export const CHAINED_TRANSACTIONS = token<AuditedTransactions>('ChainedTransactions')
export const CHAIN_KEY = token<ChainKey>('ChainKey')
export const CHECKPOINTER = token<Checkpointer>('Checkpointer')
export const CLIENT_SECRET_STORE = token<ClientSecretStore>('ClientSecretStore')
export const CONFIG = token<ServiceConfig>('ServiceConfig')
export const DATABASE = token<Database>('Database')
export const GROUP_COMMIT_AUDIT_TRAIL = token<GroupCommitAuditTrail>('GroupCommitAuditTrail')
export const IDENTIFIER_HASHER = token<HmacIdentifierHasher>('IdentifierHasher')
export const INSTRUMENTATION = token<Instrumentation>('Instrumentation')
export const KEY_CIPHER = token<KeyCipher>('KeyCipher')
export const KEY_PAIRS = token<KeyPairs>('KeyPairs')
export const POSTGRES_FAILURE_LIMITER = token<PostgresFailureLimiter>('PostgresFailureLimiter')
export const POSTGRES_CLIENT_SECRET_STORE = token<PostgresClientSecretStore>('PostgresClientSecretStore')
export const POSTGRES_TOKEN_REVOCATIONS = token<PostgresTokenRevocations>('PostgresTokenRevocations')
export const SECRET_HASHER = token<SecretHasher>('SecretHasher')
export const SECRET_MAC_MAKER = token<SecretMacMaker>('SecretMacMaker')
export const SECRET_USE_RECORDER = token<PostgresSecretUseRecorder>('SecretUseRecorder')
export const SESSION_POOL = token<SessionPool>('SessionPool')
export const SIGNED_TOKEN_READER = token<SignedTokenReader>('SignedTokenReader')
export const SIGNING_KEY_STORE = token<SigningKeyStore>('SigningKeyStore')
export const TOKEN_STATES = token<TokenStates>('TokenStates')
/** Checks proofs and knows no limits. */
export const UNLIMITED_AUTHENTICATOR = token<Pick<ClientAuthenticator, 'authenticate'>>('UnlimitedAuthenticator')
