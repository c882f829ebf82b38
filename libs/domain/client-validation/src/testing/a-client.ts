import { clientId } from '@ac/kernel'
import type { Client } from '../client.ts'

/** A client as most are: enabled, with two scopes and one audience, and no lifetime of tokens of its own. */
export const aClient = (over: Partial<Client> = {}): Client => ({
  id: clientId('svc_0123456789ABCDEFabcdef'),
  name: 'media handler',
  serviceType: 'media-handler',
  region: 'eu-central-1',
  scopes: ['meetings.read', 'meetings.write'] as readonly string[] as Client['scopes'],
  audiences: ['https://meetings.example'],
  resourceIds: [],
  authMethod: 'client_secret_basic',
  accessTokenTtlSeconds: undefined,
  disabled: false,
  version: 1,
  createdAt: new Date('2026-01-02T03:04:05.678Z'),
  updatedAt: new Date('2026-01-02T03:04:05.678Z'),
  ...over,
})
