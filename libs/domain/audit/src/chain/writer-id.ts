import type { Branded } from '@ac/kernel'

/**
 * Identifies one writer of the trail, and so one chain: a UUID of version 8 (RFC 9562 section 5.8) whose first 48 bits
 * are the id of the key that seals the chain, and whose other 74 are random.
 */
export type WriterId = Branded<'WriterId'>

/** Random bytes that {@link newWriterId} takes. */
export const WRITER_ID_RANDOM_BYTES = 10

const FORMAT = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/**
 * Makes the id of a new writer.
 * @param keyId 12 hexadecimal digits
 * @param random ten random bytes
 */
export function newWriterId(keyId: string, random: Uint8Array): WriterId {
  const [first = 0, second = 0, third = 0, ...rest] = random
  const version = hex([0x80 | (first & 0x0f), second])
  const variant = hex([0x80 | (third & 0x3f), ...rest.slice(0, 1)])
  return `${keyId.slice(0, 8)}-${keyId.slice(8)}-${version}-${variant}-${hex(rest.slice(1))}` as WriterId
}

/** Reads a writer's id; `undefined` when `text` is none that {@link newWriterId} could have made. */
export const parseWriterId = (text: string): WriterId | undefined =>
  FORMAT.test(text) ? (text as WriterId) : undefined

/** The id of the key that seals the chain of `writer`. */
export const keyIdOf = (writer: WriterId): string => writer.slice(0, 8) + writer.slice(9, 13)

const hex = (bytes: readonly number[]): string => bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')
