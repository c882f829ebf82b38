import { describe, expect, it } from '@jest/globals'
import { environmentVariables, readServiceConfig } from '../src/index.ts'
import { problemsWith } from './problems.ts'
import { base64, rightEnvironment } from './right-environment.ts'

const KEY = base64('k'.repeat(32))
const notANumber = ['1e3', ' 5', '5 ', '+5', '-5', '0x10', '5.0', '05', 'five', '１', '9'.repeat(400)]
const seconds = [...notANumber, '0', '86401']

const wrong: Readonly<Record<string, readonly string[]>> = {
  AC_MASTER_KEY: [
    'x',
    base64('short'),
    base64('k'.repeat(33)),
    KEY.slice(0, -1),
    `${KEY} `,
    'k'.repeat(43),
    `${KEY},${KEY}`,
  ],
  AC_MASTER_KEYS_PREVIOUS: [
    `${KEY},`,
    `,${KEY}`,
    `${KEY}, ${base64('l'.repeat(32))}`,
    `${KEY},${KEY}`,
    base64('short'),
  ],
  AC_HASH_SECRET: ['x', base64('h'.repeat(31)), base64('h'.repeat(1025)), '_'.repeat(44), KEY.replace('=', '==')],
  AC_ISSUER: [
    'ac.example',
    '//ac.example',
    'http://ac.example',
    'http://127.0.0.1.ac.example',
    'ftp://ac.example',
    'https://ac.example/',
    'https://ac.example/tenant/',
    'https://ac.example?',
    'https://ac.example/x?a=b',
    'https://ac.example#',
    'https://user@ac.example',
    'https://user:word@ac.example',
    'https://@ac.example',
    'https://ac.example:443',
    'https://AC.example',
    'HTTPS://ac.example',
    ' https://ac.example',
    'https://ac.example\n',
    'https://ac.example/a/../b',
    'https://ac.example\\a',
    'https://',
    `https://ac.example/${'a'.repeat(500)}`,
  ],
  AC_DEFAULT_AUDIENCE: [
    'platform',
    '/platform',
    'urn:',
    'urn:ac:platform#x',
    'urn:ac:plat form',
    'urn:ac:%zz',
    'urn:ac:ä',
  ],
  AC_TOKEN_TTL_SECONDS: seconds,
  AC_CLOCK_SKEW_SECONDS: [...notANumber, '0', '601'],
  AC_JWKS_MAX_AGE_SECONDS: seconds,
  AC_KEY_ROTATION_MIN_INTERVAL_SECONDS: [...notANumber, '0', '31536001'],
  AC_KEY_FORCE_ROTATION_MIN_INTERVAL_SECONDS: [...notANumber, '0', '31536001'],
  AC_KEY_OVERLAP_SECONDS: [...notANumber, '0', '31536001'],
  AC_SERVICE_TYPE_SCOPES: [
    'a',
    'a=',
    '=b',
    'A=b',
    'a_b=c',
    'a=b  c',
    'a=b ',
    'a= b',
    'a=b;',
    ';a=b',
    'a=b; c=d',
    'a=b;a=c',
    'a="b"',
    'a=b\\',
    'a=\u00e4',
    'a:b',
    '{"a":"b"}',
  ],
  AC_DATABASE_TLS: ['require', 'VERIFY-FULL', 'true', 'disable '],
  AC_DATABASE_CA_FILE: ['/nonexistent/ca.pem', '/dev/null', '/'],
  AC_DB_POOL_SIZE: [...notANumber, '0', '501'],
  AC_DB_ACQUIRE_TIMEOUT_MS: [...notANumber, '0', '60001'],
  AC_DB_STATEMENT_TIMEOUT_MS: [...notANumber, '0', '300001'],
  AC_HTTP_HOST: ['ac.example', '256.0.0.1', '[::1]', '0.0.0.0:80', '*'],
  AC_HTTP_PORT: [...notANumber, '65536'],
  AC_HTTP_REQUEST_TIMEOUT_MS: [...notANumber, '0', '300001'],
  AC_TRUSTED_PROXIES: [
    'proxy',
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.0/08',
    '10.0.0.0/8/8',
    '::1/129',
    '0.0.0.0/0',
    '::/0',
    'fe80::1%eth0',
    '10.0.0.1,',
    '10.0.0.1, 10.0.0.2',
    '10.1',
  ],
  AC_MANAGEMENT_HOST: ['ac.example', '::g'],
  AC_MANAGEMENT_PORT: [...notANumber, '65536'],
  AC_SHUTDOWN_DELAY_MS: [...notANumber, '300001'],
  AC_SHUTDOWN_TIMEOUT_MS: [...notANumber, '0', '600001'],
  AC_RATE_LIMIT_WINDOW_SECONDS: seconds,
  AC_RATE_LIMIT_MAX_FAILURES: [...notANumber, '0', '10001'],
  AC_MAX_IN_FLIGHT: [...notANumber, '0', '100001'],
  AC_LOG_LEVEL: ['verbose', 'INFO', '30'],
  AC_METRICS: ['true', 'ON', ' off'],
  OTEL_EXPORTER_OTLP_ENDPOINT: [
    'collector:4318',
    'grpc://collector',
    'http://user:secret@collector',
    'http://c/?a=b',
    'x',
  ],
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: ['/v1/traces', 'http://c/#a', ' http://c'],
  OTEL_TRACES_EXPORTER: ['console', 'otlp,zipkin'],
  OTEL_SDK_DISABLED: ['1', 'yes'],
  OTEL_TRACES_SAMPLER: ['jaeger_remote', 'always', 'ALWAYS_ON'],
  OTEL_TRACES_SAMPLER_ARG: ['1.1', '-0.1', '10%', '1e-1', ',1', '2'],
  OTEL_SERVICE_NAME: ['ac service', 'a'.repeat(65), 'ä'],
  OTEL_BSP_SCHEDULE_DELAY: [...notANumber, '0', '60001'],
  OTEL_BSP_EXPORT_TIMEOUT: [...notANumber, '0', '60001'],
  OTEL_BSP_MAX_QUEUE_SIZE: [...notANumber, '0', '65537'],
  OTEL_BSP_MAX_EXPORT_BATCH_SIZE: [...notANumber, '0', '65537'],
  AC_ENVIRONMENT: ['-a', 'a-', 'A', 'a b', 'a.b', 'a'.repeat(65)],
  AC_REGION: ['-a', 'a-', 'A', 'a b', 'a_b', 'a'.repeat(65)],
}

describe('a wrong value', () => {
  it.each(Object.entries(wrong).flatMap(([name, texts]) => texts.map((text) => [name, text] as const)))(
    'of %s is refused, naming that variable alone: %j',
    (name, text) => {
      expect(problemsWith({ [name]: text }).map(({ variable }) => variable)).toEqual([name])
    },
  )

  it('is known here for every variable but the database URL, which may be any text', () => {
    const tested = [...Object.keys(wrong), 'DATABASE_URL'].toSorted()
    expect(environmentVariables.map(({ name }) => name).toSorted()).toEqual(tested)
  })

  it.each(['DATABASE_URL', 'AC_MASTER_KEY', 'AC_HASH_SECRET', 'AC_ISSUER'])('is missed when %s is empty', (name) => {
    const [problem, ...others] = problemsWith({ [name]: '' })
    expect(others).toEqual([])
    expect(problem).toEqual({ variable: name, problem: expect.stringMatching(/^is required: ./) })
  })
})

describe('all wrong values at once', () => {
  it('are each named, a line each, with what would be right', () => {
    const changes = Object.fromEntries(Object.entries(wrong).map(([name, texts]) => [name, texts[0] ?? '']))
    const problems = problemsWith({ ...changes, DATABASE_URL: '', AC_NONSENSE: 'x' })
    expect(problems.map(({ variable }) => variable).toSorted()).toEqual(
      [...Object.keys(wrong), 'DATABASE_URL', 'AC_NONSENSE'].toSorted(),
    )
    expect(problems.find(({ variable }) => variable === 'AC_HTTP_PORT')?.problem).toBe(
      'must be a whole number from 0 to 65535',
    )
    expect(() => readServiceConfig({ ...rightEnvironment(), AC_HTTP_PORT: 'x', AC_REGION: 'A' })).toThrow(
      'the environment is not usable:\n' +
        '  AC_HTTP_PORT must be a whole number from 0 to 65535\n' +
        '  AC_REGION must be 1 to 64 of a-z, 0-9 and -, neither beginning nor ending with -',
    )
  })
})
