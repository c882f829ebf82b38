import type {
  ClientChanged,
  ClientExists,
  InvalidClientMetadata,
  InvalidGrace,
  PrivilegeMissing,
  SecretRotationPending,
  UnknownClient,
  UnknownSecret,
} from '@ac/client-validation'
import type {
  RotationTooSoon,
  SealedKeyFault,
  SealedKeyRejected,
  SigningKeyRevoked,
  UnknownSigningKey,
} from '@ac/key-rotation'
import { DomainError, type Overloaded, type Unavailable } from '@ac/kernel'
import type { NotConfirmed } from '../confirmation/not-confirmed.ts'
import type { ReportLost } from '../output/report-lost.ts'
import type { LogUnreadable } from '../commands/audit/log-unreadable.ts'
import { describeDatabaseFailure } from './database-failure.ts'
import type { MigrationFailed } from './migration-failed.ts'

/** Every failure that a command can foresee. */
type Refusal =
  | ClientChanged
  | ClientExists
  | InvalidClientMetadata
  | InvalidGrace
  | LogUnreadable
  | MigrationFailed
  | NotConfirmed
  | Overloaded
  | PrivilegeMissing
  | ReportLost
  | RotationTooSoon
  | SealedKeyRejected
  | SecretRotationPending
  | SigningKeyRevoked
  | Unavailable
  | UnknownClient
  | UnknownSecret
  | UnknownSigningKey

const SEALED_KEY_FAULTS = {
  unknown_master_key: 'a private key is sealed under none of AC_MASTER_KEY and AC_MASTER_KEYS_PREVIOUS',
  altered: 'a sealed private key in the database was altered',
  malformed: 'a sealed private key in the database is malformed',
  not_the_named_key: 'a sealed private key in the database is not the key that its row names',
} as const satisfies Record<SealedKeyFault, string>

type Descriptions = { readonly [R in Refusal as R['code']]: (refusal: R) => string }

/** One row a code. A code without a row does not compile. */
const DESCRIPTIONS = {
  client_changed: ({ message }) => message,
  client_exists: ({ message }) => `${message}: try again`,
  invalid_client_metadata: ({ message }) => message,
  invalid_grace: ({ message }) => message,
  log_unreadable: ({ message, cause }) => `${message} (${systemCode(cause)})`,
  migration_failed: ({ migration, cause }) =>
    `migration ${migration} failed and nothing was changed: ${describeCause(cause)}`,
  not_confirmed: ({ message }) => message,
  overloaded: ({ message }) => message,
  privilege_missing: ({ message }) => message,
  report_lost: ({ consequence, message }) => consequence ?? message,
  rotation_too_soon: ({ message, retryAfterSeconds }) => `${message}: possible in ${retryAfterSeconds} s`,
  sealed_key_rejected: ({ fault }) => SEALED_KEY_FAULTS[fault],
  secret_rotation_pending: ({ message }) => message,
  signing_key_revoked: ({ message }) => message,
  unavailable: ({ cause }) => describeDatabaseFailure(cause) ?? 'the database does not answer',
  unknown_client: ({ message }) => message,
  unknown_secret: ({ message }) => message,
  unknown_signing_key: ({ message }) => message,
} as const satisfies Descriptions

/** A sentence about a failure that was foreseen; `undefined` for any other. */
export function describeRefusal(error: unknown): { readonly code: string; readonly description: string } | undefined {
  if (!(error instanceof DomainError) || !(error.code in DESCRIPTIONS)) return undefined
  const describe = DESCRIPTIONS[error.code as Refusal['code']] as (refusal: DomainError) => string
  return { code: error.code, description: describe(error) }
}

/** Only the code: the message of a file system error quotes the path. */
const systemCode = (cause: unknown): string => (cause as NodeJS.ErrnoException | undefined)?.code ?? 'unknown'

const describeCause = (cause: unknown): string =>
  describeRefusal(cause)?.description ?? describeDatabaseFailure(cause) ?? String(cause)
