import { clientId, keyId, tokenId, type Scope } from '@ac/kernel'
import type { ValidToken } from '../valid-token.ts'

/** What the token that `someClaims` makes says. */
export const aValidToken = (over: Partial<ValidToken> = {}): ValidToken => ({
  id: tokenId('0123456789ABCDEFabcdeg'),
  clientId: clientId('svc_0123456789ABCDEFabcdef'),
  keyId: keyId('fake-key'),
  issuer: 'https://ac.example',
  audience: 'urn:ac:platform',
  scopes: ['meetings.read', 'meetings.write'] as readonly string[] as readonly Scope[],
  issuedAt: new Date('2026-01-01T00:00:00Z'),
  expiresAt: new Date('2026-01-01T01:00:00Z'),
  serviceType: undefined,
  region: undefined,
  ...over,
})
