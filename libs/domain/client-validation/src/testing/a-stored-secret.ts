import { secretId } from '@ac/kernel'
import type { ClientSecret } from '../client.ts'

/** A stored secret without end that was never used. Its hash and its MAC have the right form and match nothing. */
export const aStoredSecret = (over: Partial<ClientSecret> = {}): ClientSecret => ({
  id: secretId('sec_0123456789ABCDEFabcdef'),
  hash: '$argon2id$v=19$m=19456,t=2,p=1$AAECAwQFBgcICQoLDA0ODw$AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8',
  mac: { keyId: 'mac-key-1', mac: Uint8Array.from({ length: 32 }, (_, index) => index) },
  createdAt: new Date('2026-01-02T03:04:05.678Z'),
  expiresAt: undefined,
  lastUsedAt: undefined,
  ...over,
})
