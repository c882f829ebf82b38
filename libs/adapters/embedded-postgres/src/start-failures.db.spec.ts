import { chmod, cp, mkdir, open, rm, writeFile } from 'node:fs/promises'
import { beforeAll, describe, expect, it, jest } from '@jest/globals'
import { useServers } from '../test/use-servers.ts'
import { serverAccount } from './server-account.ts'
import { locateBinaries } from './binaries/locate-binaries.ts'
import { initialise } from './cluster/initialise.ts'
import { PASSWORD_FILE } from './cluster/superuser-password.ts'
import { launch } from './server/launch.ts'

jest.setTimeout(60_000)

const servers = useServers()
const asRoot = process.geteuid?.() === 0

/** A copy of the one cluster that the tests damage; as root it belongs to root, as a copy made by hand would. */
async function copyOfCluster(name: string): Promise<string> {
  await cp(servers.path('model'), servers.path(name), { recursive: true })
  return servers.path(name)
}

beforeAll(async () => {
  await (await servers.start('model')).stop()
}, 60_000)

describe('startPostgres fails with a cause', () => {
  it('when another program has the port', async () => {
    await copyOfCluster('second')
    const first = await servers.start('model')
    const { port } = first
    const failure = {
      code: 'port_in_use',
      port,
      message: expect.stringContaining(`port ${port} of 127.0.0.1 is taken`),
    }
    await expect(servers.start('second', { port })).rejects.toMatchObject(failure)
    await first.stop()
  })

  it('when a live server uses the directory, which goes on', async () => {
    const live = await servers.start('live')
    const failure = { code: 'data_directory_in_use', directory: live.dataDirectory, pid: live.pid }
    await expect(servers.start('live')).rejects.toMatchObject(failure)
    await live.stop()
    expect(await live.exited).toMatchObject({ exitCode: 0 })
  })

  it('when the directory holds something else, which it leaves alone', async () => {
    await mkdir(servers.path('foreign'))
    await writeFile(servers.path('foreign/thesis.txt'), 'x')
    const failure = { code: 'data_directory_broken', message: expect.stringContaining('is not empty') }
    await expect(servers.start('foreign', { disposable: true })).rejects.toMatchObject(failure)
    await rm(servers.path('foreign/thesis.txt'))
    await writeFile(servers.path('file'), 'x')
    await expect(servers.start('file')).rejects.toMatchObject({ message: expect.stringContaining('is no directory') })
  })

  it('when another major version made the data', async () => {
    await writeFile(`${await copyOfCluster('old')}/PG_VERSION`, '17\n')
    const failure = {
      code: 'data_directory_broken',
      message: expect.stringContaining('by PostgreSQL "17" and not by 18'),
    }
    await expect(servers.start('old')).rejects.toMatchObject(failure)
  })

  it('when the password is lost or damaged', async () => {
    const directory = await copyOfCluster('locked')
    await writeFile(`${directory}/${PASSWORD_FILE}`, '')
    await expect(servers.start('locked')).rejects.toThrow(/has no password in/)
    await rm(`${directory}/${PASSWORD_FILE}`)
    await expect(servers.start('locked')).rejects.toThrow(/its superuser's password is not known/)
  })

  it('when the control file is damaged or gone', async () => {
    const control = `${await copyOfCluster('corrupt')}/global/pg_control`
    const file = await open(control, 'r+')
    await file.write(Buffer.alloc(64, 0xff), 0, 64, 16)
    await file.close()
    await expect(servers.start('corrupt')).rejects.toMatchObject({ code: 'data_directory_broken' })
    await rm(control)
    await expect(servers.start('corrupt')).rejects.toMatchObject({ code: 'data_directory_broken' })
  })

  it('when the server refuses a setting, in the words of its log', async () => {
    const failure = { code: 'start_failed', log: expect.stringContaining('unrecognized configuration parameter') }
    await copyOfCluster('set')
    await expect(servers.start('set', { settings: { no_such_setting: '1' } })).rejects.toMatchObject(failure)
  })

  it('when the user may not write there', async () => {
    await mkdir(servers.path('private'), { mode: 0o500 })
    if (asRoot) process.seteuid?.(65_534)
    try {
      const failure = { code: 'permission_missing', message: expect.stringContaining('may not create') }
      await expect(servers.start('private/below/data')).rejects.toMatchObject(failure)
    } finally {
      if (asRoot) process.seteuid?.(0)
      await chmod(servers.path('private'), 0o700)
    }
  })

  it('when initdb or the server takes too long, and then nothing is left running', async () => {
    const [binaries, directory] = [await locateBinaries(), servers.path('slow')]
    const account = await serverAccount(directory)
    const late = { code: 'not_ready_in_time' }
    const first = initialise({ binaries, directory, account, durable: false, limitMs: 1 })
    await expect(first).rejects.toMatchObject(late)
    await (await servers.start('slow')).stop()
    const asked = { binaries, directory, account, port: 0, settings: {}, disposable: false }
    await expect(launch({ ...asked, limitMs: -1 })).rejects.toMatchObject(late)
    await (await servers.start('slow')).stop()
  })
})
