import { inspect } from 'node:util'
import { describe, expect, it } from '@jest/globals'
import { environmentVariables, readConfig, readServiceConfig } from '../src/index.ts'
import { problemsWith } from './problems.ts'
import { base64, rightEnvironment } from './right-environment.ts'

const right: Readonly<Record<string, readonly string[]>> = {
  AC_ISSUER: [
    'https://ac.example:8443',
    'https://ac.example/tenant',
    'https://[2001:db8::1]',
    'http://localhost:8082',
    'http://127.0.0.1:8082',
    'http://[::1]:8082',
  ],
  AC_DEFAULT_AUDIENCE: ['urn:ac:platform', 'https://api.example/', 'https://api.example/a?b=c', 'urn:x:%2F'],
  AC_HTTP_HOST: ['::', '127.0.0.1', 'localhost'],
  AC_HTTP_PORT: ['0', '1', '65535'],
  AC_TRUSTED_PROXIES: ['', '10.0.0.1', '10.0.0.0/8,192.168.1.1/32', '2001:db8::/32,::1,::ffff:10.0.0.1/128'],
  AC_CLOCK_SKEW_SECONDS: ['1', '600'],
  AC_SERVICE_TYPE_SCOPES: ['', 'a=b', 'a=b=c d,e;b=f', `${'a'.repeat(64)}=service.write.mc internal:meeting-token`],
  AC_REGION: ['eu', 'eu-west-1', 'a'.repeat(64)],
  AC_LOG_LEVEL: ['trace', 'silent'],
  AC_METRICS: ['on', 'off'],
  OTEL_EXPORTER_OTLP_ENDPOINT: ['http://collector:4318', 'https://collector.example/base/', 'http://[::1]:4318'],
  OTEL_TRACES_SAMPLER_ARG: ['0', '1', '0.1', '.25', '1.0', '0.000000001'],
  OTEL_SERVICE_NAME: ['ac-service', 'AC_Service.1'],
  AC_HASH_SECRET: [base64('h'.repeat(1024))],
}

describe('readServiceConfig', () => {
  it('needs four variables and knows the rest', () => {
    expect(readServiceConfig(rightEnvironment())).toEqual({
      database: {
        url: expect.anything(),
        tls: 'verify-full',
        certificateAuthorities: undefined,
        poolSize: 20,
        acquireTimeoutMs: 1000,
        statementTimeoutMs: 5000,
      },
      masterKeys: { current: bytes('m'.repeat(32)), previous: [] },
      hashSecret: bytes('h'.repeat(32)),
      tokens: {
        issuer: 'https://ac.example',
        defaultAudience: 'urn:ac:platform',
        ttlSeconds: 3600,
        maxTtlSeconds: 604_200,
        clockSkewSeconds: 300,
      },
      signingKeys: {
        jwksMaxAgeSeconds: 300,
        publicationSeconds: 900,
        leaseSeconds: 150,
        rotationMinIntervalSeconds: 518_400,
        forceRotationMinIntervalSeconds: 3600,
        overlapSeconds: 604_800,
      },
      clients: {
        serviceTypes: [
          { name: 'global-controller', scopes: ['service.write.mc', 'internal:meeting-token'] },
          { name: 'meeting-controller', scopes: ['service.write.mh', 'service.write.gc'] },
          { name: 'media-handler', scopes: ['service.write.mc', 'service.write.gc'] },
        ],
      },
      http: { host: '0.0.0.0', port: 8082, requestTimeoutMs: 30_000, trustedProxies: [] },
      management: { host: '0.0.0.0', port: 9090 },
      shutdown: { delayMs: 5000, timeoutMs: 30_000 },
      limits: { rateLimitWindowSeconds: 900, rateLimitMaxFailures: 5, maxInFlight: 200 },
      observability: { logLevel: 'info', environment: 'development', region: 'local', metrics: true },
      tracing: undefined,
    })
    expect(readServiceConfig(rightEnvironment()).database.url.reveal()).toBe(rightEnvironment().DATABASE_URL)
  })

  it.each(Object.entries(right).flatMap(([name, texts]) => texts.map((text) => [name, text] as const)))(
    'takes %s=%s',
    (name, text) => {
      expect(problemsWith({ [name]: text })).toEqual([])
    },
  )

  it('keeps lists in their order and the issuer as the exact text', () => {
    const previous = ['1', '2'].map((digit) => digit.repeat(32))
    const config = readServiceConfig({
      ...rightEnvironment(),
      AC_ISSUER: 'https://ac.example/a%2Fb',
      AC_TRUSTED_PROXIES: '10.0.0.0/8,::1',
      AC_MASTER_KEYS_PREVIOUS: previous.map(base64).join(','),
    })
    expect(config.tokens.issuer).toBe('https://ac.example/a%2Fb')
    expect(config.http.trustedProxies).toEqual(['10.0.0.0/8', '::1'])
    expect(config.masterKeys.previous).toEqual(previous.map(bytes))
  })

  it('gives values that nobody can change', () => {
    const config = readServiceConfig({ ...rightEnvironment(), AC_TRUSTED_PROXIES: '::1' })
    const groups = Object.values(config).filter((group) => !(group instanceof Uint8Array))
    expect([config, ...groups, config.http.trustedProxies, config.masterKeys.previous].every(Object.isFrozen)).toBe(
      true,
    )
  })

  it('gives values that print no secret', () => {
    const config = readServiceConfig({ ...rightEnvironment(), AC_MASTER_KEYS_PREVIOUS: base64('p'.repeat(32)) })
    const printed = [JSON.stringify(config), inspect(config, { depth: null, showHidden: true }), `${config.hashSecret}`]
    expect(printed.join()).not.toMatch(/passw0rd|109, ?109|104, ?104|112, ?112|104,104/)
    expect(JSON.parse(JSON.stringify(config))).toMatchObject({
      database: { url: '[secret]' },
      masterKeys: { current: '[secret]', previous: ['[secret]'] },
      hashSecret: '[secret]',
    })
  })
})

describe('readConfig', () => {
  it('reads the asked parts and looks at no variable of the others', () => {
    const { database, ...others } = readConfig({ DATABASE_URL: 'x', AC_ISSUER: 'wrong', AC_DB_POOL_SIZE: '3' }, [
      'database',
    ])
    expect(database.poolSize).toBe(3)
    expect(others).toEqual({})
  })

  it('misses what the asked parts need', () => {
    expect(() => readConfig({}, ['database', 'masterKeys', 'hashSecret'])).toThrow(
      /DATABASE_URL is required.*\n.*AC_MASTER_KEY is required.*\n.*AC_HASH_SECRET is required/,
    )
  })

  it('judges a combination only when all of its variables are of the asked parts', () => {
    const env = { DATABASE_URL: 'x', AC_DB_STATEMENT_TIMEOUT_MS: '300000' }
    expect(readConfig(env, ['database']).database.statementTimeoutMs).toBe(300_000)
  })

  it('finds a typing error in a variable of any part', () => {
    expect(() => readConfig({ DATABASE_URL: 'x', AC_ISUER: 'y' }, ['database'])).toThrow('did you mean AC_ISSUER?')
  })
})

describe('environmentVariables', () => {
  it('describes every variable once', () => {
    const names = environmentVariables.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    expect(environmentVariables.every(({ description, format }) => description !== '' && format !== '')).toBe(true)
  })

  it('gives defaults that are right when they are written out', () => {
    const written = environmentVariables.map(({ name, default: text }) => [name, text ?? ''] as const)
    const defaults = Object.fromEntries(written.filter(([, text]) => text !== ''))
    expect(readServiceConfig({ ...rightEnvironment(), ...defaults })).toEqual(readServiceConfig(rightEnvironment()))
  })

  it('tells the secrets and what must be set', () => {
    const secrets = ['DATABASE_URL', 'AC_MASTER_KEY', 'AC_MASTER_KEYS_PREVIOUS', 'AC_HASH_SECRET']
    expect(environmentVariables.filter(({ secret }) => secret).map(({ name }) => name)).toEqual(secrets)
    expect(environmentVariables.filter(({ required }) => required).map(({ name }) => name)).toEqual([
      'DATABASE_URL',
      'AC_MASTER_KEY',
      'AC_HASH_SECRET',
      'AC_ISSUER',
    ])
  })
})

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
