import { formatScope } from '@ac/kernel'
import type { Client } from '../client.ts'
import { checkClientMetadata, type CheckedClientMetadata, type ClientMetadata } from '../client-metadata.ts'
import { InvalidClientMetadata } from '../invalid-client-metadata.ts'

/** A merge patch (RFC 7396) of a client's metadata: what is absent stays, `null` goes back to its default. */
export type ClientPatch = { readonly [Field in keyof ClientMetadata]?: ClientMetadata[Field] | null | undefined }

/** Fields without a default, by their wire names. `disabled` has one, but nobody shall enable a client by a `null`. */
const NEVER_NULL = { name: 'client_name', scope: 'scope', disabled: 'disabled' } as const

/**
 * The metadata of `client` after `patch`, all of it checked.
 * @throws {InvalidClientMetadata} naming the first field that breaks its rule
 */
export function applyPatch(client: Client, patch: ClientPatch): CheckedClientMetadata {
  for (const [field, wireName] of Object.entries(NEVER_NULL)) {
    if (patch[field as keyof typeof NEVER_NULL] === null) throw new InvalidClientMetadata(wireName, 'it cannot be null')
  }
  const given = Object.entries(patch).filter(([, value]) => value !== undefined)
  const changes = Object.fromEntries(given.map(([field, value]) => [field, value ?? undefined]))
  return checkClientMetadata({ ...metadataOf(client), ...(changes as Partial<ClientMetadata>) })
}

const metadataOf = (client: Client): ClientMetadata => ({ ...client, scope: formatScope(client.scopes) })

/** Whether `client` has exactly this metadata already. */
export const hasMetadata = (client: Client, metadata: CheckedClientMetadata): boolean =>
  Object.entries(metadata).every(([field, value]) => sameValue(client[field as keyof CheckedClientMetadata], value))

function sameValue(one: unknown, other: unknown): boolean {
  if (!Array.isArray(one) || !Array.isArray(other)) return one === other
  return one.length === other.length && one.every((item, index) => item === other[index])
}
