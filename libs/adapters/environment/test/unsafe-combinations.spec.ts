import { describe, expect, it } from '@jest/globals'
import { readServiceConfig } from '../src/index.ts'
import { problemsWith } from './problems.ts'
import { base64, rightEnvironment } from './right-environment.ts'

const blamed = (changes: Record<string, string>): readonly string[] =>
  problemsWith(changes).map(({ variable }) => variable)

describe('an unsafe combination', () => {
  it('is an overlap in which a token outlives its key', () => {
    const times = { AC_TOKEN_TTL_SECONDS: '60', AC_JWKS_MAX_AGE_SECONDS: '30', AC_CLOCK_SKEW_SECONDS: '10' }
    expect(problemsWith({ ...times, AC_KEY_OVERLAP_SECONDS: '99' })).toEqual([
      {
        variable: 'AC_KEY_OVERLAP_SECONDS',
        problem: 'must be at least AC_TOKEN_TTL_SECONDS + AC_JWKS_MAX_AGE_SECONDS + AC_CLOCK_SKEW_SECONDS',
      },
    ])
    expect(problemsWith({ ...times, AC_KEY_OVERLAP_SECONDS: '100' })).toEqual([])
  })

  it('is a forced rotation that may come before the next key is known', () => {
    expect(blamed({ AC_KEY_FORCE_ROTATION_MIN_INTERVAL_SECONDS: '899' })).toEqual([
      'AC_KEY_FORCE_ROTATION_MIN_INTERVAL_SECONDS',
    ])
    expect(blamed({ AC_KEY_FORCE_ROTATION_MIN_INTERVAL_SECONDS: '900' })).toEqual([])
  })

  it('is a scheduled rotation that may come sooner than a forced one', () => {
    expect(blamed({ AC_KEY_ROTATION_MIN_INTERVAL_SECONDS: '3599' })).toEqual(['AC_KEY_ROTATION_MIN_INTERVAL_SECONDS'])
    expect(blamed({ AC_KEY_ROTATION_MIN_INTERVAL_SECONDS: '3600' })).toEqual([])
  })

  it('is a shutdown whose delay takes all of its time', () => {
    expect(blamed({ AC_SHUTDOWN_DELAY_MS: '10', AC_SHUTDOWN_TIMEOUT_MS: '10' })).toEqual(['AC_SHUTDOWN_DELAY_MS'])
    expect(blamed({ AC_SHUTDOWN_DELAY_MS: '9', AC_SHUTDOWN_TIMEOUT_MS: '10' })).toEqual([])
  })

  it('is a request that is cut off before its query', () => {
    expect(blamed({ AC_HTTP_REQUEST_TIMEOUT_MS: '6000' })).toEqual(['AC_HTTP_REQUEST_TIMEOUT_MS'])
    expect(blamed({ AC_HTTP_REQUEST_TIMEOUT_MS: '6001' })).toEqual([])
  })

  it('is a master key that is current and previous', () => {
    const { AC_MASTER_KEY: current } = rightEnvironment()
    expect(blamed({ AC_MASTER_KEYS_PREVIOUS: `${base64('p'.repeat(32))},${current}` })).toEqual([
      'AC_MASTER_KEYS_PREVIOUS',
    ])
  })

  it('is a default audience that is the issuer', () => {
    expect(blamed({ AC_DEFAULT_AUDIENCE: 'https://ac.example' })).toEqual(['AC_DEFAULT_AUDIENCE'])
    expect(blamed({ AC_DEFAULT_AUDIENCE: 'https://ac.example/' })).toEqual([])
  })

  it.each([
    ['127.0.0.1', '127.0.0.1', '9090', ['AC_MANAGEMENT_PORT']],
    ['0.0.0.0', '127.0.0.1', '9090', ['AC_MANAGEMENT_PORT']],
    ['127.0.0.1', '::', '9090', ['AC_MANAGEMENT_PORT']],
    ['127.0.0.1', '127.0.0.2', '9090', []],
    ['127.0.0.1', '127.0.0.1', '0', []],
  ])('is one port for both listeners on addresses that meet: %s and %s, port %s', (api, management, port, expected) => {
    const changes = { AC_HTTP_HOST: api, AC_MANAGEMENT_HOST: management, AC_HTTP_PORT: port, AC_MANAGEMENT_PORT: port }
    expect(blamed(changes)).toEqual(expected)
  })

  it('is not judged when one of its values is wrong by itself', () => {
    expect(blamed({ AC_TOKEN_TTL_SECONDS: 'x', AC_KEY_OVERLAP_SECONDS: '1' })).toEqual(['AC_TOKEN_TTL_SECONDS'])
  })
})

describe('times that are short together', () => {
  it('are taken, so that a test can see a key come and go', () => {
    const config = readServiceConfig({
      ...rightEnvironment(),
      AC_TOKEN_TTL_SECONDS: '2',
      AC_JWKS_MAX_AGE_SECONDS: '1',
      AC_CLOCK_SKEW_SECONDS: '1',
      AC_KEY_OVERLAP_SECONDS: '4',
      AC_KEY_FORCE_ROTATION_MIN_INTERVAL_SECONDS: '3',
      AC_KEY_ROTATION_MIN_INTERVAL_SECONDS: '3',
    })
    expect([config.tokens.maxTtlSeconds, config.signingKeys.publicationSeconds]).toEqual([2, 3])
  })
})
