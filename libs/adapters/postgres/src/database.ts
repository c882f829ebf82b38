import type { WriterId } from '@ac/audit'
import type { AuditEvent } from '@ac/kernel'
import type { ClientAuthMethod } from '@ac/client-validation'
import type { PublicKey, SigningKeyStatus } from '@ac/key-rotation'
import { Kysely, PostgresDialect, type Generated } from 'kysely'
import type { SessionPool } from './connection/session-pool.ts'

/** The table `clients`. */
export interface ClientTable {
  client_id: string
  client_name: string
  service_type: string | null
  region: string | null
  scope: string[]
  audiences: string[]
  resource_ids: string[]
  token_endpoint_auth_method: ClientAuthMethod
  access_token_ttl: number | null
  disabled: boolean
  version: number
  created_at: Date
  updated_at: Date
}

/** The table `client_secrets`. */
export interface ClientSecretTable {
  id: string
  client_id: string
  hash: string
  mac: Buffer
  mac_key_id: string
  created_at: Date
  expires_at: Date | null
  last_used_at: Date | null
}

/** The table `signing_keys`. */
export interface SigningKeyTable {
  kid: string
  status: SigningKeyStatus
  public_key: PublicKey
  sealed_private_key: Buffer
  created_at: Generated<Date>
  activated_at: Date | null
  retires_at: Date | null
}

/** The table `revoked_tokens`. */
export interface RevokedTokenTable {
  token_id: string
  expires_at: Date
}

/** The table `tokens_not_before`: one row a client, and one without a client for everybody. */
export interface TokensNotBeforeTable {
  client_id: string | null
  not_before: Date
}

/** The table `audit_events`, partitioned by month. */
export interface AuditEventTable {
  writer: WriterId
  /** A whole number that JavaScript can hold, as text. */
  sequence: string
  previous_hash: Buffer
  hash: Buffer
  occurred_at: Date
  type: AuditEvent['type']
  outcome: AuditEvent['outcome']
  reason: string | null
  actor: string | null
  target: string | null
  request_id: string | null
  source: string | null
  trace_id: string | null
}

/** The tables as the queries see them. Migrations are their source. */
export interface Tables {
  clients: ClientTable
  client_secrets: ClientSecretTable
  signing_keys: SigningKeyTable
  audit_events: AuditEventTable
  revoked_tokens: RevokedTokenTable
  tokens_not_before: TokensNotBeforeTable
}

/** What every query here is written against; a transaction is one too. */
export type Database = Kysely<Tables>

/** The query builder over `pool`. Ending the pool is its owner's work. */
export const openDatabase = (pool: SessionPool): Database =>
  new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
