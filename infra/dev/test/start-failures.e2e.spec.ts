import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { expectGone } from './start-gone.ts'
import { START, type User } from './start-process.ts'
import { useStarts, type Scene } from './start-scene.ts'

jest.setTimeout(90_000)

const scene = useStarts()

interface Failure {
  readonly exitCode: number
  /** All that standard error says. */
  readonly told: string | RegExp
  readonly on?: Scene
  readonly data?: string
  readonly changes?: Readonly<Record<string, string>>
  readonly user?: User
}

/** The start ends with that code, says that and nothing else on standard error, and leaves nothing running. */
async function expectFailure({
  exitCode,
  told,
  on = scene,
  data = 'data',
  changes = {},
  user,
}: Failure): Promise<void> {
  const start = on.start(data, changes, user)
  expect({ exitCode: await start.closed(), stderr: start.stderr }).toEqual({
    exitCode,
    stderr: typeof told === 'string' ? told : expect.stringMatching(told),
  })
  expect(start.stdout).not.toContain('is running')
  expect(start.stderr).not.toMatch(/^ +at /m)
  await expectGone(start, on.path())
}

describe('npm start fails at once, in one sentence', () => {
  let holder: Server
  let taken: string
  beforeAll(async () => {
    holder = createServer().listen(0, '127.0.0.1')
    await once(holder, 'listening')
    taken = String((holder.address() as AddressInfo).port)
  })
  afterAll(() => {
    holder.close()
  })

  it.each(['AC_HTTP_PORT', 'AC_MANAGEMENT_PORT'])('when the port of %s is in use', async (variable) => {
    await expectFailure({
      changes: { [variable]: taken },
      exitCode: 1,
      told: `npm start: port ${taken} of 127.0.0.1 is in use: free it, or choose another with ${variable}\n`,
    })
  })

  it('when this machine has no such address', async () => {
    await expectFailure({
      changes: { AC_HTTP_HOST: '192.0.2.1', AC_HTTP_PORT: '8082' },
      exitCode: 1,
      told: /^npm start: port 8082 of 192.0.2.1 cannot be opened \(EADDRNOTAVAIL\): choose others with AC_HTTP_HOST and .*\n$/,
    })
  })

  it('when the data directory is a file, or lies below one', async () => {
    writeFileSync(scene.path('file'), '')
    await expectFailure({
      data: 'file',
      exitCode: 1,
      told: `npm start: the data directory ${scene.path('file')} is no directory: choose another with AC_DATA_DIR\n`,
    })
    await expectFailure({
      data: 'file/below',
      exitCode: 1,
      told: /^npm start: the data directory .* lies below something that is no directory: choose .*\n$/,
    })
  })

  // Root may write everywhere, so another user must do it; who cannot enter this clone when it is below a private folder.
  const user: User = process.geteuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
  const look = `require('node:fs').accessSync(${JSON.stringify(START)})`
  const canEnter = spawnSync(process.execPath, ['-e', look], { cwd: '/', ...user }).status === 0
  const itAsOrdinaryUser = canEnter ? it : it.skip

  itAsOrdinaryUser('when the data directory may not be made, or not be written', async () => {
    mkdirSync(scene.path('closed'))
    chmodSync(scene.path('closed'), 0o555)
    await expectFailure({
      data: 'closed/below',
      changes: { HOME: '/' },
      user,
      exitCode: 1,
      told: /^npm start: the data directory .* may not be made by this user: choose another with AC_DATA_DIR\n$/,
    })
    await expectFailure({
      data: 'closed',
      changes: { HOME: '/' },
      user,
      exitCode: 1,
      told: /^npm start: the user with uid \d+ may not write in .*: choose another directory or change its owner\n$/,
    })
  })

  it('when something else is where the database should be, which it leaves alone', async () => {
    mkdirSync(scene.path('foreign', 'postgres'), { recursive: true })
    writeFileSync(scene.path('foreign', 'postgres', 'thesis.txt'), 'x')
    await expectFailure({
      data: 'foreign',
      exitCode: 1,
      told: /^npm start: .*[/]foreign[/]postgres is not empty and no PostgreSQL data: move it away or delete it, .*\n$/,
    })
    expect(readFileSync(scene.path('foreign', 'postgres', 'thesis.txt'), 'utf8')).toBe('x')
  })

  it('when the environment holds a wrong variable, in the words of the service, which names all of them', async () => {
    await expectFailure({
      data: 'wrong',
      changes: { AC_HTTP_PORT: 'abc', AC_DB_POOL_SIZE: 'many', AC_ISUER: 'x' },
      exitCode: 78,
      told: new RegExp(
        '^ac-service: the environment is not usable:\n' +
          '(?:  .*\n)*  AC_DB_POOL_SIZE must be .*\n(?:  .*\n)*  AC_HTTP_PORT must be .*\n' +
          '(?:  .*\n)*  AC_ISUER is not a variable of this service; did you mean AC_ISSUER[?]\n$',
      ),
    })
    await expectFailure({
      data: 'wrong',
      changes: { AC_TOKEN_TTL_SECONDS: '0' },
      exitCode: 78,
      told: 'ac-service: the environment is not usable:\n  AC_TOKEN_TTL_SECONDS must be a whole number from 1 to 86400\n',
    })
  })
})

describe('npm start on data that a start has left', () => {
  beforeAll(async () => {
    const start = scene.start('data')
    await start.announced()
    start.signal('SIGTERM')
    await start.closed()
  }, 90_000)

  /** Runs `act` while a file below the data directory is replaced. */
  async function withReplaced(name: string, content: string, act: () => Promise<void>): Promise<void> {
    const path = scene.path('data', name)
    const before = readFileSync(path)
    writeFileSync(path, content)
    try {
      await act()
    } finally {
      writeFileSync(path, before)
    }
  }

  it('refuses to run beside another start, which goes on', async () => {
    const running = scene.start('data')
    const { management } = await running.announced()
    const second = scene.start('data')
    expect(await second.closed()).toBe(1)
    expect(second.stderr).toMatch(
      /^npm start: another start runs on .* \(its PostgreSQL is process \d+\): stop that one, or .* AC_DATA_DIR\n$/,
    )
    expect((await fetch(`${management}/ready`)).status).toBe(200)
  })

  it.each([
    ['damaged', 'garbage', 'was made by PostgreSQL "garbage" and not by 18'],
    ['empty', '', 'was made by PostgreSQL "" and not by 18'],
  ])('refuses a PG_VERSION that is %s', async (_, content, reason) => {
    await withReplaced('postgres/PG_VERSION', content, () =>
      expectFailure({
        exitCode: 1,
        told: `npm start: ${scene.path('data', 'postgres')} ${reason}: move it away or delete it, then start again\n`,
      }),
    )
  })

  it('refuses another master key than the one that sealed the signing keys, in the words of the service', async () => {
    await withReplaced('master-key', randomBytes(32).toString('base64'), () =>
      expectFailure({ exitCode: 78, told: /^ac-service: neither AC_MASTER_KEY nor .*; nothing was changed\n$/ }),
    )
  })

  it('says which file it cannot write', async () => {
    mkdirSync(scene.path('data', 'database-url.next'))
    await expectFailure({ exitCode: 1, told: /^npm start: the file .*[/]database-url cannot be written \(.*\)\n$/ })
  })
})

describe('npm start when the build fails', () => {
  const FAILED = `#!/bin/sh
cat <<'END'

 NX   Running target build for 2 projects and 1 task they depend on:

> nx run @ac/kernel:build  [local cache]

> nx run @ac/acctl:build

> @ac/acctl@0.1.0 build
> tsc -b tsconfig.json

src/main.ts(1,1): error TS2304: Cannot find name 'x'.

 NX   Running target build for 2 projects and 1 task they depend on failed

Failed tasks:

- @ac/acctl:build

END
echo 'npm error code 2' >&2
exit 1
`
  const broken = useStarts(FAILED)

  it('shows what the compiler said, and nothing of the projects that were built', async () => {
    await expectFailure({
      on: broken,
      exitCode: 1,
      told: /^npm start: the build failed:\n\n> nx run @ac[/]acctl:build\n[^]*\nsrc[/]main[.]ts\(1,1\): error TS2304: .*\n$/,
    })
  })

  it('says so when there is no Nx', async () => {
    await expectFailure({
      changes: { PATH: '/nonexistent' },
      exitCode: 1,
      told: 'npm start: nx cannot be started (ENOENT)\n',
    })
  })
})
