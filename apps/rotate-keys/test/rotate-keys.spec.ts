import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { start } from '../src/start.ts'

interface Reply {
  readonly status: number
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
}

const TOKEN: Reply = { status: 200, body: '{"access_token":"the.token","token_type":"Bearer"}' }
const ROTATED: Reply = {
  status: 200,
  body: '{"rotated":true,"new_key_id":"new","old_key_id":"old","old_key_valid_until":"2026-03-08T12:00:00.000Z"}',
}

describe('rotate-keys', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ac-rotate-keys-'))
  let replies: Readonly<Record<string, Reply>> = {}
  let seen: { readonly path: string; readonly authorization: string; readonly body: string }[] = []
  const answer = async (request: IncomingMessage): Promise<Reply> => {
    const path = request.url ?? ''
    seen.push({ path, authorization: request.headers.authorization ?? '', body: await text(request) })
    return replies[path] ?? { status: 404, body: '' }
  }
  const server = createServer((request, response) => {
    void answer(request).then(({ status, body, headers }) => response.writeHead(status, headers).end(body))
  })
  let env: NodeJS.ProcessEnv = {}

  beforeAll(async () => {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    writeFileSync(join(folder, 'id'), 'svc_rotation\n')
    writeFileSync(join(folder, 'secret'), 'acs_hidden\n')
    env = {
      ROTATE_KEYS_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
      ROTATE_KEYS_CLIENT_ID_FILE: join(folder, 'id'),
      ROTATE_KEYS_CLIENT_SECRET_FILE: join(folder, 'secret'),
    }
  })
  beforeEach(() => {
    seen = []
    replies = { '/oauth2/token': TOKEN, '/internal/rotate-keys': ROTATED }
  })
  afterAll(() => {
    server.close()
    rmSync(folder, { recursive: true })
  })

  /** Runs it once. @returns its exit code and its one line */
  const run = async (changes: NodeJS.ProcessEnv = {}) => {
    const lines: string[] = []
    const exitCode = await start({ ...env, ...changes }, (line) => lines.push(line))
    expect(lines).toHaveLength(1)
    return { exitCode, line: JSON.parse(lines[0] ?? ''), output: lines.join('') }
  }

  it('gets a token for one scope and rotates with it', async () => {
    const { exitCode, line } = await run()
    expect({ exitCode, line }).toEqual({
      exitCode: 0,
      line: expect.objectContaining({ msg: 'the signing keys were rotated', new_key_id: 'new' }),
    })
    expect(seen).toEqual([
      {
        path: '/oauth2/token',
        authorization: `Basic ${Buffer.from('svc_rotation:acs_hidden').toString('base64')}`,
        body: 'grant_type=client_credentials&scope=service.rotate-keys.ac',
      },
      { path: '/internal/rotate-keys', authorization: 'Bearer the.token', body: '' },
    ])
  })

  it('is content when no rotation is due yet', async () => {
    const tooSoon = { status: 429, headers: { 'retry-after': '3600' }, body: '{"error":"temporarily_unavailable"}' }
    replies = { ...replies, '/internal/rotate-keys': tooSoon }
    const { exitCode, line } = await run()
    expect({ exitCode, line }).toEqual({
      exitCode: 0,
      line: expect.objectContaining({ msg: 'no rotation is due yet', retry_after_s: 3600 }),
    })
  })

  it.each<[string, Readonly<Record<string, Reply>>, string]>([
    [
      'its client is refused',
      { '/oauth2/token': { status: 401, body: '{"error":"invalid_client"}' } },
      'the token endpoint answered 401 invalid_client',
    ],
    ['the answer is no JSON', { '/oauth2/token': { status: 200, body: 'hello' } }, 'the token endpoint answered 200'],
    [
      'its token is refused',
      { '/internal/rotate-keys': { status: 403, body: '{"error":"insufficient_scope"}' } },
      'the rotation answered 403 insufficient_scope',
    ],
    [
      'the service is overloaded',
      { '/internal/rotate-keys': { status: 503, body: '{"error":"temporarily_unavailable"}' } },
      'the rotation answered 503 temporarily_unavailable',
    ],
    [
      'an error is none of a kind that it knows',
      { '/internal/rotate-keys': { status: 500, body: '{"error":"acs_hidden <script>"}' } },
      'the rotation answered 500',
    ],
  ])('fails and says why when %s', async (_, changes, message) => {
    replies = { ...replies, ...changes }
    const { exitCode, line } = await run()
    expect({ exitCode, level: line.level, msg: line.msg }).toEqual({ exitCode: 1, level: 'error', msg: message })
  })

  it('follows no redirection with its secret', async () => {
    replies = { '/oauth2/token': { status: 307, headers: { location: '/elsewhere' }, body: '' } }
    const { exitCode } = await run()
    expect({ exitCode, paths: seen.map(({ path }) => path) }).toEqual({ exitCode: 1, paths: ['/oauth2/token'] })
  })

  it('fails when nobody answers', async () => {
    const { exitCode, line } = await run({ ROTATE_KEYS_URL: 'http://127.0.0.1:1' })
    expect(exitCode).toBe(1)
    expect(line.msg).toMatch(/^the service does not answer: /)
  })

  it('prints neither its secret nor its token, whatever happens', async () => {
    const outputs = [await run(), await run({ ROTATE_KEYS_URL: 'http://127.0.0.1:1' })]
    replies = {}
    outputs.push(await run())
    for (const { output } of outputs) expect(output).not.toMatch(/acs_hidden|the[.]token/)
  })

  it('names everything that is wrong with its environment at once, and no value', async () => {
    const { exitCode, line } = await run({
      ROTATE_KEYS_URL: 'ftp://user:pass@host',
      ROTATE_KEYS_CLIENT_ID_FILE: '/nowhere',
      ROTATE_KEYS_CLIENT_SECRET_FILE: undefined,
    })
    expect(exitCode).toBe(78)
    for (const name of Object.keys(env)) expect(line.msg).toContain(name)
    expect(line.msg).not.toMatch(/pass|nowhere/)
  })
})
