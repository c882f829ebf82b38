import { createHash } from 'node:crypto'
import { keyId, type KeyId } from '@ac/kernel'
import type { PublicKey } from '@ac/key-rotation'

/** The RFC 7638 thumbprint of an Ed25519 key (RFC 8037 section 2 says which members count), SHA-256 in base64url. */
export function keyThumbprint({ crv, kty, x }: PublicKey): KeyId {
  return keyId(createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url'))
}
