import { Secret } from '@ac/kernel'
import { randomBase62, toBase62 } from './base62.ts'
import { crc32 } from './crc32.ts'
import type { RandomBytes } from './ports/random-bytes.ts'

/**
 * A client secret is `acs_`, 43 random base62 characters (256 bits) and the CRC-32 of all before it as 6 base62
 * characters. The prefix and the checksum let a scanner recognise a leaked one without asking anybody; the alphabet
 * needs no escaping in HTTP Basic, in a form or in a shell.
 */
const FORMAT = /^(acs_[0-9A-Za-z]{43})([0-9A-Za-z]{6})$/

const checksum = (body: string): string => toBase62(crc32(body), 6)

/** Makes a new secret. `randomBytes` must be cryptographically secure. */
export function generateClientSecret(randomBytes: RandomBytes): Secret {
  const body = `acs_${randomBase62(43, randomBytes)}`
  return new Secret(body + checksum(body))
}

/** Whether `text` could be a secret that was made here. Says nothing about whether it is anybody's. */
export function isClientSecret(text: string): boolean {
  const [, body, check] = FORMAT.exec(text) ?? []
  return body !== undefined && checksum(body) === check
}
