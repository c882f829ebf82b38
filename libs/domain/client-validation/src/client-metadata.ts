import { parseScope, type Scope } from '@ac/kernel'
import type { Client, ClientAuthMethod } from './client.ts'
import { InvalidClientMetadata } from './invalid-client-metadata.ts'

/** What a registration asks for, as text from outside: nothing in it is checked yet. */
export interface ClientMetadata {
  readonly name: string
  readonly serviceType?: string | undefined
  readonly region?: string | undefined
  /** Space-separated scope-tokens. */
  readonly scope: string
  readonly audiences?: readonly string[] | undefined
  readonly resourceIds?: readonly string[] | undefined
  readonly authMethod?: string | undefined
  readonly accessTokenTtlSeconds?: number | undefined
  readonly disabled?: boolean | undefined
}

/** The fields of a client that its registration decides. */
export type CheckedClientMetadata = Omit<Client, 'id' | 'version' | 'createdAt' | 'updatedAt'>

/** Keys are no way yet for a client to prove who it is: its `jwks` is always null. */
export const JWKS_RULE = 'clients prove who they are by a secret; private_key_jwt is not offered'

const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/
/** What does not print, and halves of surrogate pairs, which no database gives back. */
const CONTROL = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u
/** An absolute URI without a fragment (RFC 8707 section 2): scheme, colon, and only characters of RFC 3986. */
const RESOURCE = /^[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9\-._~:/?[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+$/
const AUTH_METHODS: readonly ClientAuthMethod[] = ['client_secret_basic', 'client_secret_post']
const MAX_RESOURCES = 50
const TTL = { min: 60, max: 86_400 }

/**
 * Checks a registration field by field.
 * @throws {InvalidClientMetadata} naming the first field that breaks its rule
 */
export function checkClientMetadata(metadata: ClientMetadata): CheckedClientMetadata {
  return {
    serviceType: checkLabel('service_type', metadata.serviceType),
    region: checkLabel('region', metadata.region),
    name: checkName(metadata.name),
    scopes: checkScope(metadata.scope),
    audiences: checkResources('audiences', metadata.audiences),
    resourceIds: checkResources('resource_ids', metadata.resourceIds),
    authMethod: checkAuthMethod(metadata.authMethod),
    accessTokenTtlSeconds: checkTtl(metadata.accessTokenTtlSeconds),
    disabled: metadata.disabled ?? false,
  }
}

function checkName(name: string): string {
  const right = name.trim() === name && name.length >= 1 && name.length <= 200 && !CONTROL.test(name)
  if (!right)
    throw new InvalidClientMetadata('client_name', '1 to 200 characters, no control characters, no blank ends')
  return name
}

function checkLabel(field: string, label: string | undefined): string | undefined {
  if (label === undefined || LABEL.test(label)) return label
  throw new InvalidClientMetadata(field, '1 to 64 of a-z, 0-9 and -, neither beginning nor ending with -')
}

function checkScope(text: string): readonly Scope[] {
  const scopes = parseScope(text)
  if (scopes) return scopes
  throw new InvalidClientMetadata('scope', 'scope-tokens of RFC 6749 section 3.3 divided by single spaces')
}

function checkResources(field: string, resources: readonly string[] = []): readonly string[] {
  const right = resources.length <= MAX_RESOURCES && resources.every((uri) => uri.length <= 512 && RESOURCE.test(uri))
  if (right) return [...new Set(resources)]
  throw new InvalidClientMetadata(field, `at most ${MAX_RESOURCES} absolute URIs without fragment, 512 characters each`)
}

function checkAuthMethod(method: string = 'client_secret_basic'): ClientAuthMethod {
  const known = AUTH_METHODS.find((candidate) => candidate === method)
  if (known) return known
  throw new InvalidClientMetadata('token_endpoint_auth_method', AUTH_METHODS.join(' or '))
}

function checkTtl(seconds: number | undefined): number | undefined {
  if (seconds === undefined || (Number.isInteger(seconds) && seconds >= TTL.min && seconds <= TTL.max)) return seconds
  throw new InvalidClientMetadata('access_token_ttl', `a whole number of seconds from ${TTL.min} to ${TTL.max}`)
}
