import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { TestServerUnavailable } from '../errors.ts'
import { startPostgres } from '../start-postgres.ts'
import { dockerAnswers } from './docker-api.ts'
import { startDockerServer } from './docker-server.ts'
import { scratchFolder } from './scratch-folder.ts'
import type { TestServer } from './test-server.ts'

/**
 * The server at AC_TEST_DATABASE_URL, else one in Docker where its API answers, else an embedded one in memory.
 * AC_TEST_DATABASE=embedded or docker forces one of the two. AC_TEST_POSTGRES_IMAGE names the image, by default
 * postgres:18-alpine. When Docker answers but cannot give a server, for example offline, `onProgress` is told the
 * reason and the embedded one serves.
 * @throws {TestServerUnavailable} AC_TEST_DATABASE has another value, or asks for Docker and no Docker API answers
 * @throws {EmbeddedPostgresError} the embedded server cannot be had
 */
export async function startTestServer(
  env: NodeJS.ProcessEnv = process.env,
  onProgress: (step: string) => void = () => undefined,
): Promise<TestServer> {
  switch (env['AC_TEST_DATABASE'] || undefined) {
    case 'embedded':
      return await startEmbeddedServer()
    case 'docker':
      if (await dockerAnswers(env)) return await startDockerServer(env)
      throw new TestServerUnavailable(
        'AC_TEST_DATABASE asks for docker and no Docker API answers: start it or unset it',
      )
    case undefined:
      break
    default:
      throw new TestServerUnavailable('AC_TEST_DATABASE must be embedded or docker: correct it or unset it')
  }
  const url = env['AC_TEST_DATABASE_URL']
  if (url) return { kind: 'external', url, stop: () => Promise.resolve() }
  if (await dockerAnswers(env)) {
    try {
      return await startDockerServer(env)
    } catch (failure) {
      onProgress(`Docker gives no PostgreSQL (${String(failure)}): the embedded one serves`)
    }
  }
  return await startEmbeddedServer()
}

async function startEmbeddedServer(): Promise<TestServer> {
  const dataDirectory = join(await scratchFolder(), `ac-postgres-test-${randomBytes(8).toString('hex')}`)
  const server = await startPostgres({ dataDirectory, durable: false, disposable: true })
  return { kind: 'embedded', url: server.url, stop: () => server.stop() }
}
