import { chmod, cp, mkdir, readdir, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { beforeAll, describe, expect, it, jest } from '@jest/globals'
import { useServers } from '../test/use-servers.ts'
import type { Account } from './account.ts'
import { serverAccount } from './server-account.ts'
import type { Binaries } from './binaries/locate-binaries.ts'
import { binariesIn, locateBinaries } from './binaries/locate-binaries.ts'
import { runnableBinaries } from './binaries/runnable-binaries.ts'
import { initialise } from './cluster/initialise.ts'
import { placeData } from './cluster/place-data.ts'
import { runCommand } from './run-command.ts'

jest.setTimeout(60_000)

const folders = useServers()
const describeAsRoot = process.geteuid?.() === 0 ? describe : describe.skip
let account: Account | undefined
let privateBinaries: Binaries

beforeAll(async () => {
  account = await serverAccount(folders.path('none'))
  await mkdir(folders.path('private'), { mode: 0o700 })
  await mkdir(folders.path('shared'), { mode: 0o755 })
  const installed = await locateBinaries()
  await cp(installed.folder, folders.path('private/native'), { recursive: true, verbatimSymlinks: true })
  privateBinaries = binariesIn(folders.path('private/native'), installed.version)
})

describeAsRoot('a clone in a private folder', () => {
  it('gets its data placed where the server may go, the same place each time', async () => {
    const steps: string[] = []
    const tell = (step: string): void => void steps.push(step)
    const place = await placeData(folders.path('private/.data/pg'), account, tell, folders.path('shared'))
    expect(dirname(place)).toBe(folders.path('shared'))
    expect(steps).toEqual([`${account?.name} may not enter ${folders.path('private/.data')}: the data is in ${place}`])
    expect(await placeData(folders.path('private/.data/pg'), account, tell, folders.path('shared'))).toBe(place)
    expect(await placeData(folders.path('private/.data/other'), account, tell, folders.path('shared'))).not.toBe(place)
    expect(await placeData(folders.path('shared/pg'), account, tell)).toBe(folders.path('shared/pg'))
  })

  it('does not use a place that somebody else took', async () => {
    const place = await placeData(folders.path('private/pg'), account, () => undefined, folders.path('shared'))
    await mkdir(place)
    const again = placeData(folders.path('private/pg'), account, () => undefined, folders.path('shared'))
    await expect(again).rejects.toMatchObject({ code: 'permission_missing' })
  })

  it('gets one copy of the binaries, which works without the original', async () => {
    const steps: string[] = []
    const tell = (step: string): void => void steps.push(step)
    const copy = await runnableBinaries(privateBinaries, account, tell, folders.path('shared'))
    expect(dirname(copy.folder)).toBe(folders.path('shared'))
    expect(steps).toEqual([expect.stringContaining(`copying PostgreSQL to ${copy.folder}`)])
    const { mtimeMs } = await stat(copy.postgres)
    expect(await runnableBinaries(privateBinaries, account, tell, folders.path('shared'))).toEqual(copy)
    expect(steps).toHaveLength(1)
    expect((await stat(copy.postgres)).mtimeMs).toBe(mtimeMs)
    await initialise({ binaries: copy, directory: folders.path('shared/pg'), account, durable: false, limitMs: 30_000 })
    await rm(copy.postgres)
    await runnableBinaries(privateBinaries, account, tell, folders.path('shared'))
    expect(steps).toHaveLength(2)
    expect(await readdir(folders.path('shared'))).toHaveLength(3)
    await chmod(copy.folder, 0o777)
    const suspicious = runnableBinaries(privateBinaries, account, tell, folders.path('shared'))
    await expect(suspicious).rejects.toMatchObject({ code: 'permission_missing' })
    await rm(copy.folder, { recursive: true })
  })
})

describe('runnableBinaries', () => {
  it('mends an install that lacks the links between the libraries, or the right to be executed', async () => {
    const native = folders.path('unlinked')
    await cp(privateBinaries.folder, native, { recursive: true, verbatimSymlinks: true })
    await runCommand('find', [native, '-type', 'l', '-delete'], { limitMs: 10_000 })
    await runCommand('chmod', ['-R', 'a-x', `${native}/bin/postgres`, `${native}/bin/initdb`], { limitMs: 10_000 })
    const unlinked = binariesIn(native, privateBinaries.version)
    const copy = await runnableBinaries(unlinked, account, () => undefined, folders.path('shared'))
    expect(dirname(copy.folder)).toBe(folders.path('shared'))
    await rm(copy.folder, { recursive: true })
  })

  it('says why not even a copy runs', async () => {
    const native = folders.path('broken')
    await cp(privateBinaries.folder, native, { recursive: true, verbatimSymlinks: true })
    await rm(folders.path('broken/bin/postgres'))
    const broken = binariesIn(native, privateBinaries.version)
    const failure = { code: 'binaries_missing', message: expect.stringContaining('ENOENT') }
    await expect(runnableBinaries(broken, account, () => undefined, folders.path('shared'))).rejects.toMatchObject(
      failure,
    )
  })
})
