import type { Client } from '../client.ts'
import { checkClientMetadata, type CheckedClientMetadata, type ClientMetadata } from '../client-metadata.ts'
import { InvalidClientMetadata } from '../invalid-client-metadata.ts'

/** A merge patch (RFC 7396) of a client's metadata: what is absent stays, `null` goes back to its default. */
export type ClientPatch = { readonly [Field in keyof ClientMetadata]?: ClientMetadata[Field] | null | undefined }

/** Fields without a default, by their wire names. `disabled` has one, but nobody shall enable a client by a `null`. */
const NEVER_NULL = { name: 'client_name', scope: 'scope', disabled: 'disabled' } as const

/** In the place of fields without a default that a patch does not touch. */
const UNTOUCHED: ClientMetadata = { name: 'untouched', scope: 'untouched' }

/**
 * The metadata of `client` after `patch`. Only what the patch names is checked: a rule that is younger than the client must
 * not keep anybody from disabling it.
 * @throws {InvalidClientMetadata} naming the first field that breaks its rule
 */
export function applyPatch(client: Client, patch: ClientPatch): CheckedClientMetadata {
  for (const [field, wireName] of Object.entries(NEVER_NULL)) {
    if (patch[field as keyof typeof NEVER_NULL] === null) throw new InvalidClientMetadata(wireName, 'it cannot be null')
  }
  const named = Object.entries(patch).filter(([, value]) => value !== undefined)
  const values = Object.fromEntries(named.map(([field, value]) => [field, value ?? undefined]))
  const checked = checkClientMetadata({ ...UNTOUCHED, ...(values as Partial<ClientMetadata>) })
  const changed = named.map(([field]) => (field === 'scope' ? 'scopes' : field) as keyof CheckedClientMetadata)
  return { ...metadataOf(client), ...Object.fromEntries(changed.map((field) => [field, checked[field]])) }
}

function metadataOf(client: Client): CheckedClientMetadata {
  const { id: _id, version: _version, createdAt: _createdAt, updatedAt: _updatedAt, ...metadata } = client
  return metadata
}

/** Whether `client` has exactly this metadata already. */
export const hasMetadata = (client: Client, metadata: CheckedClientMetadata): boolean =>
  Object.entries(metadata).every(([field, value]) => sameValue(client[field as keyof CheckedClientMetadata], value))

function sameValue(one: unknown, other: unknown): boolean {
  if (!Array.isArray(one) || !Array.isArray(other)) return one === other
  return one.length === other.length && one.every((item, index) => item === other[index])
}
