import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { RequestListener, Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from '@jest/globals'
import { freePort } from '../server/free-port.ts'
import { dockerAnswers } from './docker-api.ts'

const cleanUps: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp()
})

async function serve(listener: RequestListener, socketPath?: string): Promise<Server> {
  const server = createServer(listener)
  server.listen(socketPath === undefined ? { host: '127.0.0.1', port: 0 } : { path: socketPath })
  await once(server, 'listening')
  cleanUps.push(() => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  })
  return server
}

function tcp(server: Server): string {
  const address = server.address()
  return typeof address === 'object' && address !== null ? `tcp://127.0.0.1:${address.port}` : ''
}

const docker: RequestListener = (request, response) => {
  response.statusCode = request.url === '/_ping' ? 200 : 404
  response.end('OK')
}

describe('dockerAnswers', () => {
  it('finds an API over TCP', async () => {
    expect(await dockerAnswers({ DOCKER_HOST: tcp(await serve(docker)) })).toBe(true)
  })

  it('finds an API at a unix socket, also at the one of a rootless Docker', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ac-docker-'))
    cleanUps.push(() => rm(folder, { recursive: true }))
    await serve(docker, join(folder, 'docker.sock'))
    expect(await dockerAnswers({ DOCKER_HOST: `unix://${folder}/docker.sock` })).toBe(true)
    expect(await dockerAnswers({ XDG_RUNTIME_DIR: folder })).toBe(true)
  })

  it.each([
    ['another status', (_request, response) => void response.writeHead(500).end()],
    ['no answer in time', () => undefined],
  ] satisfies [string, RequestListener][])('takes %s for no Docker', async (_name, listener) => {
    expect(await dockerAnswers({ DOCKER_HOST: tcp(await serve(listener)) }, 100)).toBe(false)
  })

  it('takes a refused connection, an absent socket and an unknown scheme for no Docker', async () => {
    expect(await dockerAnswers({ DOCKER_HOST: `tcp://127.0.0.1:${await freePort()}` })).toBe(false)
    expect(await dockerAnswers({ DOCKER_HOST: 'unix:///nowhere/docker.sock' })).toBe(false)
    expect(await dockerAnswers({ DOCKER_HOST: 'ssh://127.0.0.1' })).toBe(false)
    expect(await dockerAnswers({ DOCKER_HOST: 'nonsense' })).toBe(false)
  })
})
