import { Client } from 'pg'

/** A transaction that another session keeps open. */
export interface HeldTransaction {
  commit(): Promise<void>
}

/** Does `statement`, with the rights of the login, in a transaction that stays open. Who holds it must commit it. */
export async function holdTransaction(url: string, statement: string): Promise<HeldTransaction> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  client.on('error', () => undefined)
  await client.connect()
  await client.query(`begin; ${statement}`)
  return {
    commit: async () => {
      // On a server that was killed there is nothing left to commit.
      await client.query('commit').catch(() => undefined)
      await client.end()
    },
  }
}
