import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { chmod, chown, copyFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { startPostgres } from '@ac/embedded-postgres'
import { Client, escapeLiteral } from 'pg'
import { ROOT } from '../../src/root.ts'

/** A PostgreSQL on loopback whose certificate only {@link caFile} vouches for, with the roles of production. */
export interface TlsDatabase {
  /** Of the tables: migrates. */
  readonly ownerUrl: string
  /** What the service logs in as. */
  readonly loginUrl: string
  readonly caFile: string
  /** Runs one statement in the service's database, as the superuser. */
  readonly ask: (statement: string) => Promise<readonly Readonly<Record<string, unknown>>[]>
  readonly stop: () => Promise<void>
}

/** @param folder an existing folder for the certificates */
export async function startTlsDatabase(folder: string): Promise<TlsDatabase> {
  await promisify(execFile)(join(ROOT, 'infra/tls/make-certificates.sh'), [folder, '127.0.0.1'])
  const dataDirectory = `/dev/shm/ac-image-database-${randomBytes(8).toString('hex')}`
  const plain = await startPostgres({ dataDirectory, durable: false })
  for (const name of ['server.crt', 'server.key']) {
    const file = join(plain.dataDirectory, name)
    await copyFile(join(folder, name), file)
    const { uid, gid } = await stat(plain.dataDirectory)
    await chown(file, uid, gid)
    await chmod(file, 0o600)
  }
  await plain.stop()
  const server = await startPostgres({ dataDirectory, durable: false, settings: { ssl: 'on' } })
  const passwords = { owner: randomBytes(16).toString('hex'), login: randomBytes(16).toString('hex') }
  for (const statement of roleStatements(passwords)) await query(server.url, statement)
  const urlOf = (user: string, password: string): string =>
    `postgresql://${user}:${password}@127.0.0.1:${server.port}/ac`
  return {
    ownerUrl: urlOf('ac_owner', passwords.owner),
    loginUrl: urlOf('ac_login', passwords.login),
    caFile: join(folder, 'ca.crt'),
    ask: (statement) => query(server.url.replace(/[^/]+$/, 'ac'), statement),
    stop: async () => {
      await server.stop()
      await rm(server.dataDirectory, { recursive: true, force: true })
    },
  }
}

/** The SQL of create-roles.sh, with what psql would put in the place of its variables. */
function roleStatements({ owner, login }: { readonly owner: string; readonly login: string }): readonly string[] {
  const script = readFileSync(join(ROOT, 'infra/postgres/create-roles.sh'), 'utf8')
  const [, sql = ''] = /<<'SQL'\n(.*)\nSQL\n/s.exec(script) ?? []
  return sql
    .replace(":'owner_password'", escapeLiteral(owner))
    .replace(":'login_password'", escapeLiteral(login))
    .split(/;\n?/)
    .filter((statement) => statement.trim() !== '')
}

async function query(url: string, statement: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}
