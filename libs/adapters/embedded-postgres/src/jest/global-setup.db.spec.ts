import { describe, expect, it, jest } from '@jest/globals'
import { ask } from '../../test/use-servers.ts'
import globalSetup from './global-setup.ts'
import globalTeardown from './global-teardown.ts'
import { SERVER_URL_VARIABLE } from './running-server.ts'

jest.setTimeout(60_000)

const project = { rootDir: new URL('../..', import.meta.url).pathname }
const choosing = (isMatch: (path: string) => boolean) => ({ testPathPatterns: { toExecutor: () => ({ isMatch }) } })

describe('the set-up of a Jest run', () => {
  it('starts no server, and forgets an inherited one, when no chosen spec needs it', async () => {
    process.env[SERVER_URL_VARIABLE] = 'postgresql://inherited.test/'
    await globalSetup(
      choosing((path) => path.endsWith('log-tail.spec.ts')),
      project,
    )
    expect(process.env[SERVER_URL_VARIABLE]).toBeUndefined()
    await globalTeardown()
  })

  it('hands a server to the specs, which the tear-down stops', async () => {
    process.env['AC_TEST_DATABASE'] = 'embedded'
    await globalSetup(
      choosing(() => true),
      project,
    )
    const url = process.env[SERVER_URL_VARIABLE] ?? ''
    expect(await ask(url, 'SELECT 1')).toBe(1)
    await globalTeardown()
    await expect(ask(url, 'SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })
})
