import type { Migration } from 'kysely/migration'
import { clients } from './0001-clients.ts'
import { signingKeys } from './0002-signing-keys.ts'
import { auditEvents } from './0003-audit-events.ts'
import { clientVersions } from './0004-client-versions.ts'
import { signingKeyNotifications } from './0005-signing-key-notifications.ts'
import { tokenRevocation } from './0006-token-revocation.ts'
import { failedAuthentications } from './0007-failed-authentications.ts'
import { auditChain } from './0008-audit-chain.ts'

/** Every migration, in order. Only ever appended to: a released one is never changed. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-clients': clients,
  '0002-signing-keys': signingKeys,
  '0003-audit-events': auditEvents,
  '0004-client-versions': clientVersions,
  '0005-signing-key-notifications': signingKeyNotifications,
  '0006-token-revocation': tokenRevocation,
  '0007-failed-authentications': failedAuthentications,
  '0008-audit-chain': auditChain,
}
