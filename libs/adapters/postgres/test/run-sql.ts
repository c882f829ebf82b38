import { Client } from 'pg'

/** One row, by column name. */
export type Row = Readonly<Record<string, unknown>>

/** Runs one statement with parameters, or several without, on a connection of its own, with the rights of the login. */
export async function runSql(url: string, text: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  client.on('error', () => undefined)
  await client.connect()
  try {
    const { rows } = await client.query<Row>(text, [...values])
    return rows
  } finally {
    await client.end()
  }
}

/** The URL of another database, or of another login, on the same server. */
export function otherUrl(
  url: string,
  { database, user }: { readonly database?: string; readonly user?: string },
): string {
  const other = new URL(url)
  if (database !== undefined) other.pathname = `/${database}`
  if (user !== undefined) other.username = user
  return other.href
}
