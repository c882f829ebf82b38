import { keyId } from '@ac/kernel'
import type { SigningKey } from '../signing-key.ts'

/** An active key. What is sealed in it has the size of a real one and opens nowhere. */
export const aSigningKey = (over: Partial<SigningKey> = {}): SigningKey => ({
  kid: keyId('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg'),
  publicKey: { kty: 'OKP', crv: 'Ed25519', x: 'gfedcbaZYXWVUTSRQPONMLKJIHGFEDCBA9876543210' },
  sealedPrivateKey: Uint8Array.from({ length: 100 }, (_, index) => (index * 7) & 0xff),
  status: 'active',
  createdAt: new Date('2026-01-01T00:00:00.000Z'),
  activatedAt: new Date('2026-01-01T00:00:00.000Z'),
  retiresAt: undefined,
  ...over,
})
