import { once } from 'node:events'
import { createServer } from 'node:http'
import { describe, expect, it, jest } from '@jest/globals'
import { ask } from '../../test/use-servers.ts'
import { startTestServer } from './start-test-server.ts'

jest.setTimeout(60_000)

const noDocker = { DOCKER_HOST: 'unix:///nowhere/docker.sock' }

describe('startTestServer', () => {
  it('takes the server it is told of, and leaves it alone', async () => {
    const url = 'postgresql://somebody@database.test/postgres'
    const server = await startTestServer({ AC_TEST_DATABASE_URL: url })
    expect(server).toMatchObject({ kind: 'external', url })
    await server.stop()
  })

  it('starts an embedded server where no Docker API answers, and leaves nothing of it', async () => {
    const server = await startTestServer(noDocker)
    expect(server.kind).toBe('embedded')
    expect(await ask(server.url, "SELECT current_setting('fsync')")).toBe('off')
    await server.stop()
    await expect(ask(server.url, 'SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })

  it('starts an embedded server when that is forced', async () => {
    const forced = { AC_TEST_DATABASE: 'embedded', AC_TEST_DATABASE_URL: 'postgresql://other.test/' }
    const server = await startTestServer(forced)
    expect(server.kind).toBe('embedded')
    await server.stop()
  })

  it('says so when Docker is forced and does not answer', async () => {
    const failure = startTestServer({ ...noDocker, AC_TEST_DATABASE: 'docker' })
    await expect(failure).rejects.toMatchObject({ code: 'test_server_unavailable' })
  })

  it('refuses an unknown kind', async () => {
    const failure = startTestServer({ AC_TEST_DATABASE: 'sqlite' })
    await expect(failure).rejects.toMatchObject({ code: 'test_server_unavailable' })
  })

  it('falls back to the embedded server, and says why, when Docker gives none', async () => {
    const docker = createServer((request, response) => {
      response.statusCode = request.url?.endsWith('/_ping') === true ? 200 : 500
      response.end('{}')
    }).listen(0, '127.0.0.1')
    await once(docker, 'listening')
    const address = docker.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const before = process.env['DOCKER_HOST']
    process.env['DOCKER_HOST'] = `tcp://127.0.0.1:${port}`
    const steps: string[] = []
    try {
      const server = await startTestServer({ DOCKER_HOST: `tcp://127.0.0.1:${port}` }, (step) => steps.push(step))
      expect(server.kind).toBe('embedded')
      expect(steps).toEqual([expect.stringMatching(/^Docker gives no PostgreSQL .*: the embedded one serves$/s)])
      await server.stop()
    } finally {
      if (before === undefined) delete process.env['DOCKER_HOST']
      else process.env['DOCKER_HOST'] = before
      docker.closeAllConnections()
      docker.close()
    }
  })
})
