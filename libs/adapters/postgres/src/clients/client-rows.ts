import type { Client, ClientSecret, ClientWithSecrets } from '@ac/client-validation'
import { clientId, secretId, type Scope } from '@ac/kernel'
import type { Selectable } from 'kysely'
import type { ClientSecretTable, ClientTable } from '../database.ts'
import type { JoinedRow } from './find-clients.ts'

/** A row of `clients` as the domain sees it. Its fields were checked when the client was registered. */
export const toClient = (row: Selectable<ClientTable>): Client => ({
  id: clientId(row.client_id),
  name: row.client_name,
  serviceType: row.service_type ?? undefined,
  region: row.region ?? undefined,
  scopes: row.scope as readonly string[] as readonly Scope[],
  audiences: row.audiences,
  resourceIds: row.resource_ids,
  authMethod: row.token_endpoint_auth_method,
  accessTokenTtlSeconds: row.access_token_ttl ?? undefined,
  disabled: row.disabled,
  version: row.version,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
})

/** The row of `clients` for a client. */
export const fromClient = (client: Client): ClientTable => ({
  client_id: client.id,
  client_name: client.name,
  service_type: client.serviceType ?? null,
  region: client.region ?? null,
  scope: [...client.scopes],
  audiences: [...client.audiences],
  resource_ids: [...client.resourceIds],
  token_endpoint_auth_method: client.authMethod,
  access_token_ttl: client.accessTokenTtlSeconds ?? null,
  disabled: client.disabled,
  version: client.version,
  created_at: client.createdAt,
  updated_at: client.updatedAt,
})

/** The secret of a joined row; `undefined` where the client has none. */
export function toClientSecret(row: JoinedRow): ClientSecret | undefined {
  const { secret_id, secret_hash, secret_mac, secret_mac_key_id, secret_created_at } = row
  if (secret_id === null || !secret_hash || !secret_mac || !secret_mac_key_id || !secret_created_at) return undefined
  return {
    id: secretId(secret_id),
    hash: secret_hash,
    mac: { keyId: secret_mac_key_id, mac: secret_mac },
    createdAt: secret_created_at,
    expiresAt: row.secret_expires_at ?? undefined,
    lastUsedAt: row.secret_last_used_at ?? undefined,
  }
}

/** The row of `client_secrets` for a new secret of `client`. */
export const fromClientSecret = (client: Client, secret: ClientSecret): ClientSecretTable => ({
  id: secret.id,
  client_id: client.id,
  hash: secret.hash,
  mac: Buffer.from(secret.mac.mac),
  mac_key_id: secret.mac.keyId,
  created_at: secret.createdAt,
  expires_at: secret.expiresAt ?? null,
  last_used_at: secret.lastUsedAt ?? null,
})

/** Puts the rows of each client together, in the order in which clients first come. */
export function groupByClient(rows: readonly JoinedRow[]): ReadonlyMap<string, ClientWithSecrets> {
  const found = new Map<
    string,
    { client: ClientWithSecrets['client']; secrets: ClientWithSecrets['secrets'][number][] }
  >()
  for (const row of rows) {
    let entry = found.get(row.client_id)
    if (!entry) {
      entry = { client: toClient(row), secrets: [] }
      found.set(row.client_id, entry)
    }
    const secret = toClientSecret(row)
    if (secret) entry.secrets.push(secret)
  }
  return found
}
