import { beforeAll, describe, expect, it } from '@jest/globals'
import { calculateJwkThumbprint } from 'jose'
import { useService } from './running-service.ts'
import { useServiceDatabase } from './service-database.ts'
import { ISSUER } from './service-environment.ts'
import { get, type ReadAnswer } from './token-request.ts'

const database = useServiceDatabase()
const service = useService(() => database().url, { AC_JWKS_MAX_AGE_SECONDS: '120' })

const METADATA_PATHS = ['/.well-known/oauth-authorization-server', '/.well-known/openid-configuration']

describe('the key set', () => {
  const jwks = (init?: RequestInit) => get(`${service().api}/.well-known/jwks.json`, init)
  let answer: ReadAnswer
  beforeAll(async () => {
    answer = await jwks()
  })

  it('publishes the active and the next key, and nothing private of them', async () => {
    const keys = answer.json['keys'] as Record<string, string>[]
    const stored = await database().query<{ kid: string; status: string }>('select kid, status from signing_keys')
    expect(stored.map(({ status }) => status).toSorted()).toEqual(['active', 'next'])
    expect(keys).toHaveLength(2)
    expect(new Set(keys.map(({ kid }) => kid))).toEqual(new Set(stored.map(({ kid }) => kid)))
    for (const key of keys) {
      expect(key).toEqual({
        kty: 'OKP',
        crv: 'Ed25519',
        x: expect.stringMatching(/^[\w-]{43}$/),
        kid: await calculateJwkThumbprint(key),
        alg: 'EdDSA',
        use: 'sig',
      })
    }
  })

  it('may be cached for as long as the configuration says', () => {
    expect(answer.headers.get('cache-control')).toBe('public, max-age=120')
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8')
  })

  it('is not sent again to a verifier that has it', async () => {
    const etag = answer.headers.get('etag') ?? ''
    const again = await jwks({ headers: { 'if-none-match': etag } })
    expect({ status: again.status, text: again.text }).toEqual({ status: 304, text: '' })
    expect(again.headers.get('etag')).toBe(etag)
    expect(again.headers.get('cache-control')).toBe('public, max-age=120')
  })

  it.each(['*', 'W/TAG', '"other", TAG', 'TAG,"other"'])(
    'is not sent again to a verifier that says %s',
    async (pattern) => {
      const tags = pattern.replace('TAG', answer.headers.get('etag') ?? '')
      expect((await jwks({ headers: { 'if-none-match': tags } })).status).toBe(304)
    },
  )

  it('is sent to a verifier that has another one', async () => {
    expect((await jwks({ headers: { 'if-none-match': '"another"' } })).text).toBe(answer.text)
  })

  it('answers HEAD like GET, without the body', async () => {
    const head = await jwks({ method: 'HEAD' })
    expect({ status: head.status, text: head.text }).toEqual({ status: 200, text: '' })
    for (const name of ['content-type', 'content-length', 'cache-control', 'etag']) {
      expect(head.headers.get(name)).toBe(answer.headers.get(name))
    }
  })
})

describe('the metadata', () => {
  it.each(METADATA_PATHS)('at %s names what there is, under the issuer', async (path) => {
    const { status, json } = await get(service().api + path)
    expect(status).toBe(200)
    expect(json).toEqual({
      issuer: ISSUER,
      token_endpoint: `${ISSUER}/oauth2/token`,
      introspection_endpoint: `${ISSUER}/oauth2/introspect`,
      jwks_uri: `${ISSUER}/.well-known/jwks.json`,
      revocation_endpoint: `${ISSUER}/oauth2/revoke`,
      grant_types_supported: ['client_credentials'],
      response_types_supported: [],
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
      introspection_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
      revocation_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    })
  })

  it('is the same at both paths, and may be cached', async () => {
    const [one, other] = await Promise.all(METADATA_PATHS.map((path) => get(service().api + path)))
    expect(one?.text).toBe(other?.text)
    expect(one?.headers.get('cache-control')).toBe('public, max-age=3600')
  })
})

describe('the management listener', () => {
  it('says that the process lives', async () => {
    const { status, json, headers } = await get(`${service().management}/health`)
    expect({ status, json }).toEqual({ status: 200, json: { status: 'ok' } })
    expect(headers.get('cache-control')).toBe('no-store')
  })

  it('says what the process is ready for', async () => {
    const { status, json, headers } = await get(`${service().management}/ready`)
    expect(status).toBe(200)
    expect(json).toEqual({ status: 'ready', database: 'ok', signing_key: 'ok', clock: 'ok', shutting_down: false })
    expect(headers.get('cache-control')).toBe('no-store')
  })

  it.each(['/', '/oauth2/token', '/.well-known/jwks.json', ...METADATA_PATHS])('has nothing at %s', async (path) => {
    const { status, json } = await get(service().management + path)
    expect({ status, error: json['error'] }).toEqual({ status: 404, error: 'not_found' })
  })

  it.each(['/health', '/ready', '/metrics'])('is the only one that has %s', async (path) => {
    expect((await get(service().api + path)).status).toBe(404)
  })
})
