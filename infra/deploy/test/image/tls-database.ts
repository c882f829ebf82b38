import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmod, chown, copyFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { startPostgres } from '@ac/embedded-postgres'
import { ROOT } from '../../src/root.ts'

/** A PostgreSQL on loopback whose certificate only {@link caFile} vouches for. */
export interface TlsDatabase {
  readonly url: string
  readonly caFile: string
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
  return {
    url: server.url,
    caFile: join(folder, 'ca.crt'),
    stop: async () => {
      await server.stop()
      await rm(server.dataDirectory, { recursive: true, force: true })
    },
  }
}
