import type { Client, SecretChanges } from '@ac/client-validation'
import type { Database } from '../database.ts'
import { fromClientSecret } from './client-rows.ts'

/** Does to the secrets of `client` what `changes` says, in the transaction that has locked the client. */
export async function changeSecrets(
  transaction: Database,
  client: Client,
  { added, deadlines, removed }: SecretChanges,
): Promise<void> {
  if (removed.length > 0) {
    await transaction
      .deleteFrom('client_secrets')
      .where('client_id', '=', client.id)
      .where('id', 'in', removed)
      .execute()
  }
  for (const { id, expiresAt } of deadlines) {
    await transaction
      .updateTable('client_secrets')
      .set({ expires_at: expiresAt })
      .where('client_id', '=', client.id)
      .where('id', '=', id)
      .execute()
  }
  if (added.length > 0) {
    const rows = added.map((secret) => fromClientSecret(client, secret))
    await transaction.insertInto('client_secrets').values(rows).execute()
  }
}
