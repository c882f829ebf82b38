import { z } from 'zod'
import type { Format } from './format.ts'
import { SecretBytes } from './secret-bytes.ts'

const MASTER_KEY_BYTES = 32
const HASH_SECRET_BYTES = { min: 32, max: 1024 }

const bytes = (min: number, max: number) =>
  z
    .string()
    .transform(decodeBase64)
    .pipe(z.instanceof(SecretBytes).refine(({ length }) => length >= min && length <= max))

const oneMasterKey = bytes(MASTER_KEY_BYTES, MASTER_KEY_BYTES)

/** An AES-256 key. */
export const masterKey: Format<Uint8Array> = {
  expected: `the padded base64 of exactly ${MASTER_KEY_BYTES} bytes`,
  schema: oneMasterKey,
}

/** Any number of different AES-256 keys. */
export const masterKeys: Format<readonly Uint8Array[]> = {
  expected: `different keys divided by commas, each the padded base64 of exactly ${MASTER_KEY_BYTES} bytes`,
  schema: z
    .string()
    .transform((text) => (text === '' ? [] : text.split(',')))
    // The spelling is canonical, so equal keys are equal texts.
    .refine((texts) => new Set(texts).size === texts.length)
    .pipe(z.array(oneMasterKey)),
}

/** Where keyed hashes come from: at least as long as the SHA-256 that uses it. */
export const hashSecret: Format<Uint8Array> = {
  expected: `the padded base64 of ${HASH_SECRET_BYTES.min} to ${HASH_SECRET_BYTES.max} bytes`,
  schema: bytes(HASH_SECRET_BYTES.min, HASH_SECRET_BYTES.max),
}

/** Canonical base64 only (RFC 4648 section 3.5): Node's decoder skips whatever it does not understand. */
function decodeBase64(text: string): SecretBytes | undefined {
  const decoded = Buffer.from(text, 'base64')
  return decoded.toString('base64') === text ? SecretBytes.copyOf(decoded) : undefined
}
