import { execFile, spawnSync } from 'node:child_process'
import { chmodSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { promisify } from 'node:util'
import { describe, expect, it, jest } from '@jest/globals'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { expectGone } from './start-gone.ts'
import type { Announced } from './start-process.ts'
import { useStarts } from './start-scene.ts'
import { publishedKids, requestToken } from './start-token.ts'

jest.setTimeout(90_000)

const run = promisify(execFile)
const hasCurl = spawnSync('curl', ['--version']).status === 0
const scene = useStarts()

/** The claims of the token that the announced command line prints, after a stock library has verified it. */
async function claimsByCurl({ api, curl }: Announced) {
  const { stdout } = await run('sh', ['-c', curl])
  const { access_token: token } = JSON.parse(stdout) as { access_token: string }
  const keys = createRemoteJWKSet(new URL(`${api}/.well-known/jwks.json`))
  return (await jwtVerify(token, keys, { issuer: api, audience: 'urn:ac:platform', typ: 'at+jwt' })).payload
}

describe('npm start', () => {
  let first: Announced
  let firstKids: readonly string[]

  it('tells what it does, then where the service is and how to get a token, and stops all of it at Ctrl-C', async () => {
    const start = scene.start('data')
    first = await start.announced()
    expect(start.stdout).toMatch(/^Building[^]*\nStarting PostgreSQL[^]*\nMigrating[^]*\nStarting the service/)
    expect(start.stdout).toContain(`the data stays in ${scene.path('data')}`)
    expect(first.api).toMatch(/^http:[/][/]127[.]0[.]0[.]1:\d+$/)
    expect((await fetch(`${first.management}/ready`)).status).toBe(200)
    firstKids = await publishedKids(first)
    expect(firstKids).toHaveLength(2)
    start.signalGroup('SIGINT')
    expect(await start.closed()).toBe(0)
    expect(start.stdout).toMatch(/for the next start[.]\n\n\nStopping [.]{3}\nStopped[.]\n$/)
    expect(start.stderr).toBe('')
    await expectGone(start, scene.path(), first)
  })

  it('has Nx build the two programs that it runs', () => {
    const asked = readFileSync(scene.path('bin', 'asked'), 'utf8')
    expect(asked).toBe('run-many -t build -p @ac/ac-service,@ac/acctl --outputStyle=static\n')
  })

  it('keeps its secrets in files that only their owner can read', () => {
    const mode = (name: string): string => (statSync(scene.path('data', name)).mode & 0o777).toString(8)
    expect(Object.fromEntries(readdirSync(scene.path('data')).map((name) => [name, mode(name)]))).toEqual({
      'database-url': '600',
      'demo-client.json': '600',
      'hash-secret': '600',
      'master-key': '600',
      postgres: '700',
    })
  })

  it('goes on with the same client and keys at the next start, and stops at SIGTERM', async () => {
    const start = scene.start('data')
    const second = await start.announced()
    expect(second).toMatchObject({ clientId: first.clientId, clientSecret: first.clientSecret })
    expect(await publishedKids(second)).toEqual(firstKids)
    expect((await requestToken({ ...first, api: second.api })).status).toBe(200)
    start.signal('SIGTERM')
    expect(await start.closed()).toBe(0)
    expect(start.stderr).toBe('')
    await expectGone(start, scene.path(), second)
  })

  it('closes files that others could read, and makes another client when the database is a new one', async () => {
    chmodSync(scene.path('data', 'master-key'), 0o644)
    rmSync(scene.path('data', 'postgres'), { recursive: true })
    const announced = await scene.start('data').announced()
    expect(announced.clientId).not.toBe(first.clientId)
    expect((await requestToken(announced)).status).toBe(200)
    expect(statSync(scene.path('data', 'master-key')).mode & 0o777).toBe(0o600)
  })
})

// The machine may have nothing but Node and npm.
const withCurl = hasCurl ? describe : describe.skip

withCurl('the command line that npm start prints', () => {
  it('gets a token which a stock library verifies', async () => {
    const announced = await scene.start('data').announced()
    expect(await claimsByCurl(announced)).toMatchObject({
      iss: announced.api,
      sub: announced.clientId,
      scope: 'demo.read demo.write',
    })
  })
})
