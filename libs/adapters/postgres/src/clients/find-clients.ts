import { sql, type CompiledQuery } from 'kysely'
import type { Database } from '../database.ts'

/**
 * Clients joined with their secrets: one row for each pair, one for a client without secrets. Columns are named one by
 * one: a prepared `select *` fails on every open connection once a newer build has added a column.
 */
const clientsWithSecrets = (db: Database) =>
  db
    .selectFrom('clients as c')
    .leftJoin('client_secrets as s', 's.client_id', 'c.client_id')
    .select([
      'c.client_id',
      'c.client_name',
      'c.service_type',
      'c.region',
      'c.scope',
      'c.audiences',
      'c.resource_ids',
      'c.token_endpoint_auth_method',
      'c.access_token_ttl',
      'c.disabled',
      'c.version',
      'c.created_at',
      'c.updated_at',
      's.id as secret_id',
      's.hash as secret_hash',
      's.mac as secret_mac',
      's.mac_key_id as secret_mac_key_id',
      's.created_at as secret_created_at',
      's.expires_at as secret_expires_at',
      's.last_used_at as secret_last_used_at',
    ])

/**
 * The query for the clients of a list of ids, given as its only parameter; compiled once, as it runs all the time. Each
 * row comes as one {@link JsonRow}: for twenty columns of their own the driver takes twice the time.
 */
export const compileFindClients = (db: Database): CompiledQuery<JsonRow> =>
  db
    .selectFrom(
      clientsWithSecrets(db)
        .where(sql<boolean>`c.client_id = any(${[] as string[]}::text[])`)
        .orderBy('s.created_at', 'desc')
        .orderBy('s.id')
        .as('found'),
    )
    .select(sql<JsonValue<JoinedRow>>`row_to_json(found)`.as('row'))
    .compile()

/** The query for one client, and with it the order of its secrets. */
export const findClient = (db: Database, id: string) =>
  clientsWithSecrets(db).where('c.client_id', '=', id).orderBy('s.created_at', 'desc').orderBy('s.id')

/** The query for a page of clients; see `ClientRegistry.list`. */
export const listClients = (db: Database, limit: number, after?: { readonly createdAt: Date; readonly id: string }) =>
  clientsWithSecrets(db)
    .where('c.client_id', 'in', (page) => {
      const all = page.selectFrom('clients').select('client_id').orderBy('created_at').orderBy('client_id').limit(limit)
      if (!after) return all
      return all.where(sql<boolean>`(created_at, client_id) > (${after.createdAt}, ${after.id})`)
    })
    .orderBy('c.created_at')
    .orderBy('c.client_id')
    .orderBy('s.created_at', 'desc')
    .orderBy('s.id')

/** One row of the queries here. */
export type JoinedRow = Awaited<ReturnType<ReturnType<typeof listClients>['execute']>>[number]

/** A value as PostgreSQL writes it into JSON. */
type JsonValue<Value> = Value extends Date
  ? string
  : Value extends Uint8Array
    ? string
    : Value extends readonly unknown[]
      ? Value
      : Value extends object
        ? { readonly [Key in keyof Value]: JsonValue<Value[Key]> }
        : Value

/** One row of {@link compileFindClients}. */
export interface JsonRow {
  readonly row: JsonValue<JoinedRow>
}

/** The row that was sent as JSON. */
export const fromJson = ({ row }: JsonRow): JoinedRow => ({
  ...row,
  created_at: new Date(row.created_at),
  updated_at: new Date(row.updated_at),
  secret_mac: row.secret_mac === null ? null : bytes(row.secret_mac),
  secret_created_at: date(row.secret_created_at),
  secret_expires_at: date(row.secret_expires_at),
  secret_last_used_at: date(row.secret_last_used_at),
})

const date = (text: string | null): Date | null => (text === null ? null : new Date(text))

/** The bytes of a `bytea` in PostgreSQL's hex format: `\x` and two digits each. */
const bytes = (hex: string): Buffer => Buffer.from(hex.slice(2), 'hex')
