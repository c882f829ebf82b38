import { formatScope } from '@ac/kernel'
import type { Client, ClientAuthMethod, ClientSecret } from './client.ts'

/** A client as JSON, by the names of RFC 7591 where it has one. What is absent is `null`; times are RFC 3339 in UTC. */
export interface ClientRepresentation {
  readonly client_id: string
  readonly client_name: string
  readonly service_type: string | null
  readonly region: string | null
  /** Space-separated scope-tokens. */
  readonly scope: string
  readonly audiences: readonly string[]
  readonly resource_ids: readonly string[]
  readonly token_endpoint_auth_method: ClientAuthMethod
  /** Always `null`: no client proves itself by a key of its own. */
  readonly jwks: null
  /** Seconds; `null` means the service's default. */
  readonly access_token_ttl: number | null
  readonly disabled: boolean
  readonly created_at: string
  readonly updated_at: string
  /** Newest first, expired ones included. */
  readonly secrets: readonly SecretRepresentation[]
}

/** What may be told of a secret: its life, and nothing that was made of it. */
export interface SecretRepresentation {
  readonly id: string
  readonly created_at: string
  readonly expires_at: string | null
  readonly last_used_at: string | null
}

/** What {@link representClient} reads of a client and its secrets; every `ClientWithSecrets` is one. */
export interface RepresentableClient {
  readonly client: Client
  readonly secrets: readonly Pick<ClientSecret, 'id' | 'createdAt' | 'expiresAt' | 'lastUsedAt'>[]
}

/** A client as the admin API and `acctl --json` show it. Holds neither hashes nor MACs. */
export const representClient = ({ client, secrets }: RepresentableClient): ClientRepresentation => ({
  client_id: client.id,
  client_name: client.name,
  service_type: client.serviceType ?? null,
  region: client.region ?? null,
  scope: formatScope(client.scopes),
  audiences: client.audiences,
  resource_ids: client.resourceIds,
  token_endpoint_auth_method: client.authMethod,
  jwks: null,
  access_token_ttl: client.accessTokenTtlSeconds ?? null,
  disabled: client.disabled,
  created_at: client.createdAt.toISOString(),
  updated_at: client.updatedAt.toISOString(),
  secrets: secrets.map(({ id, createdAt, expiresAt, lastUsedAt }) => ({
    id,
    created_at: createdAt.toISOString(),
    expires_at: expiresAt?.toISOString() ?? null,
    last_used_at: lastUsedAt?.toISOString() ?? null,
  })),
})
