import { clientId } from '@ac/kernel'
import type { Grantee } from '../ports/client-authentication.ts'

/** A client as most are: two scopes, one audience, and no lifetime of tokens of its own. */
export const aGrantee = (over: Partial<Grantee> = {}): Grantee => ({
  id: clientId('svc_0123456789ABCDEFabcdef'),
  serviceType: 'media-handler',
  region: 'eu-central-1',
  scopes: ['meetings.read', 'meetings.write'] as readonly string[] as Grantee['scopes'],
  audiences: ['https://meetings.example'],
  accessTokenTtlSeconds: undefined,
  ...over,
})
