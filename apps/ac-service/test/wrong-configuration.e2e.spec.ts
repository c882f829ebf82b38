import { describe, expect, it } from '@jest/globals'
import { ServiceProcess } from './service-process.ts'

const run = async (env: Record<string, string>) => {
  const service = new ServiceProcess(env)
  return { code: await service.exited(), stderr: service.stderr, stdout: service.log() }
}

/** The variables that a message complains of, in its order. */
const blamed = (stderr: string) => [...stderr.matchAll(/^ {2}([A-Z_]+) /gm)].map(([, name = '']) => name)

describe('a service whose configuration is wrong', () => {
  it('names all that is wrong at once, prints no value, and ends with 78', async () => {
    const wrong = {
      DATABASE_URL: 'postgresql://ac:passw0rd-in-url@db.example/ac?sslmode=prefer',
      AC_DATABASE_TLS: 'verify-full',
      AC_MASTER_KEY: 'bm90IDMyIGJ5dGVz',
      AC_HASH_SECRET: 'c2hvcnQtc2VjcmV0',
      AC_ISSUER: 'http://issuer.example/?query',
      AC_HTTP_PORT: '65536',
      AC_HTTP_REQUEST_TIMEOUT_MS: '30s',
      AC_TRUSTED_PROXIES: '10.0.0.0/33',
      AC_CLOCK_SKEW_SECONDS: '601',
      AC_LOG_LEVEL: 'chatty',
      AC_HTP_PORT: '8082',
    }
    const { code, stderr, stdout } = await run(wrong)
    expect(code).toBe(78)
    expect(blamed(stderr).toSorted()).toEqual(
      Object.keys(wrong)
        .filter((name) => name !== 'AC_DATABASE_TLS')
        .toSorted(),
    )
    expect(stdout).toEqual([])
    for (const value of [...Object.values(wrong), 'passw0rd-in-url', 'db.example', 'issuer.example', 'prefer']) {
      if (value !== 'verify-full' && value !== '8082') expect(stderr).not.toContain(value)
    }
  })

  it('says which variables are missing', async () => {
    const { code, stderr } = await run({})
    expect(code).toBe(78)
    expect(blamed(stderr)).toEqual(['DATABASE_URL', 'AC_MASTER_KEY', 'AC_HASH_SECRET', 'AC_ISSUER'])
  })
})
