import { chown, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Unavailable } from '@ac/kernel'
import { RecordingLog } from '@ac/kernel/testing'
import { describe, expect, it } from '@jest/globals'
import { ask } from '../../test/ask.ts'
import { TestAuthority, type Certified, type ServerCertificate } from '../../test/certificates.ts'
import { settingsFor } from '../../test/settings.ts'
import { useOwnServer } from '../../test/use-own-server.ts'
import { migrate } from '../migrations/schema-migrator.ts'
import { SessionPool } from './session-pool.ts'

const server = useOwnServer()
const authority = new TestAuthority('ours')

/** Restarts the server with a certificate of ours. */
async function present(certificate: ServerCertificate): Promise<void> {
  const files: Certified = authority.certify(certificate)
  const { uid, gid } = await stat(server.dataDirectory())
  for (const [name, content] of Object.entries({ 'server.crt': files.certificate, 'server.key': files.privateKey })) {
    await writeFile(join(server.dataDirectory(), name), content, { mode: 0o600 })
    await chown(join(server.dataDirectory(), name), uid, gid)
  }
  await server.restart({ ssl: 'on', ssl_cert_file: 'server.crt', ssl_key_file: 'server.key' })
}

function settings(host: string, ca: string | undefined = authority.certificate) {
  const url = new URL(server.url())
  url.hostname = host
  return settingsFor(url.href, { tls: 'verify-full', ca })
}

/** What the server says of the connection, or the error that kept it from being opened. */
async function connected(host: string, ca?: string): Promise<unknown> {
  const pool = new SessionPool(settings(host, ca), new RecordingLog())
  try {
    return await ask(pool, 'select ssl, version from pg_stat_ssl where pid = pg_backend_pid()')
  } catch (error) {
    return error
  } finally {
    await pool.end()
  }
}

const refused = (message: RegExp) => ({
  constructor: Unavailable,
  cause: expect.objectContaining({ message: expect.stringMatching(message) }),
})

describe('verify-full', () => {
  it('connects to a server that proves its name by a trusted authority, and to no other', async () => {
    await present({ hosts: ['localhost', '127.0.0.1'] })
    const encrypted = [{ ssl: true, version: 'TLSv1.3' }]
    expect([await connected('localhost'), await connected('127.0.0.1')]).toEqual([encrypted, encrypted])
    const stranger = new TestAuthority('theirs').certificate
    expect(await connected('localhost', stranger)).toMatchObject(refused(/unable to verify|self.signed/))
    const namesake = new TestAuthority('ours').certificate
    expect(await connected('localhost', namesake)).toMatchObject(refused(/signature failure|unable to verify/))
  })

  it('trusts no private authority that it was not given', async () => {
    await present({ hosts: ['localhost'] })
    const pool = new SessionPool({ ...settings('localhost'), ca: undefined }, new RecordingLog())
    const failure = await pool.connect().catch((error: unknown) => error)
    await pool.end()
    expect(failure).toMatchObject(refused(/unable to verify|self.signed/))
  })

  it.each([
    ['another name', { hosts: ['db.example'] }, /altnames/],
    ['a name that ours only begins', { hosts: ['localhost.example', '127.0.0.1.example'] }, /altnames/],
    ['no name', { hosts: [] }, /altnames|localhost/],
    ['an end in the past', { hosts: ['localhost', '127.0.0.1'], notAfter: new Date(Date.now() - 60_000) }, /expired/],
  ])('refuses a certificate with %s', async (_, certificate, message) => {
    await present(certificate)
    expect(await connected('localhost')).toMatchObject(refused(message))
    expect(await connected('127.0.0.1')).toMatchObject({ constructor: Unavailable })
  })

  it('refuses a server that offers no TLS', async () => {
    await server.restart({ ssl: 'off' })
    expect(await connected('localhost')).toMatchObject(refused(/does not support SSL/))
  })

  it('holds for migrations, too', async () => {
    await server.restart({ ssl: 'off' })
    await expect(migrate(settings('localhost'), new RecordingLog())).rejects.toThrow(Unavailable)
    await present({ hosts: ['localhost'] })
    expect(await migrate(settings('localhost'), new RecordingLog())).not.toEqual([])
  })
})
