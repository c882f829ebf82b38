import type { ClientId, Scope, SecretId } from '@ac/kernel'

/** How a client proves who it is at the token endpoint (RFC 7591 section 2, `token_endpoint_auth_method`). */
export type ClientAuthMethod = 'client_secret_basic' | 'client_secret_post'

/** A registered client: a service that may fetch tokens. Holds nothing secret. */
export interface Client {
  readonly id: ClientId
  /** For people. 1 to 200 characters. */
  readonly name: string
  /** What kind of service this is, such as `media-handler`; a claim of its tokens. */
  readonly serviceType: string | undefined
  /** Where it runs, such as `eu-central-1`; a claim of its tokens. */
  readonly region: string | undefined
  /** All it may ask for. */
  readonly scopes: readonly Scope[]
  /** Resource servers it may call: `resource` values of RFC 8707. */
  readonly audiences: readonly string[]
  /** Audiences that it answers for as a resource server. */
  readonly resourceIds: readonly string[]
  readonly authMethod: ClientAuthMethod
  /** Lifetime of its tokens in seconds; `undefined` means the service's default. */
  readonly accessTokenTtlSeconds: number | undefined
  readonly disabled: boolean
  /** Counts its changes, from 1; a use of one of its secrets is none. */
  readonly version: number
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** The keyed MAC of a client's secret: what a token request is checked against. */
export interface SecretMac {
  /** Names the key it was made under. Another key's MAC tells nothing about a secret. */
  readonly keyId: string
  /** 32 bytes. */
  readonly mac: Uint8Array
}

/** What is stored of one secret: two one-way forms, never the secret. */
export interface ClientSecret {
  readonly id: SecretId
  /** argon2id in PHC string format: survives the loss of the key that `mac` was made under. */
  readonly hash: string
  readonly mac: SecretMac
  readonly createdAt: Date
  /** From this moment on it proves nothing; `undefined` means it has no end. */
  readonly expiresAt: Date | undefined
  readonly lastUsedAt: Date | undefined
}

/** A client with all its stored secrets, newest first, expired ones included. */
export interface ClientWithSecrets {
  readonly client: Client
  readonly secrets: readonly ClientSecret[]
}

/** A client has at most this many secrets that are not expired: one in use, and one that is being replaced. */
export const MAX_LIVE_SECRETS = 2

/** Whether a secret still proves something at the moment `now`. */
export const isLive = ({ expiresAt }: Pick<ClientSecret, 'expiresAt'>, now: Date): boolean =>
  expiresAt === undefined || expiresAt > now
