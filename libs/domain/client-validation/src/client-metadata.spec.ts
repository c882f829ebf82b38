import { describe, expect, it } from '@jest/globals'
import { checkClientMetadata, type ClientMetadata } from './client-metadata.ts'
import { InvalidClientMetadata } from './invalid-client-metadata.ts'

const LEAST: ClientMetadata = { name: 'a', scope: 'b' }

const uris = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `urn:ac:${index}`)

const ACCEPTED: readonly (readonly [string, Partial<ClientMetadata>, object])[] = [
  ['a name of 200 characters', { name: 'n'.repeat(200) }, { name: 'n'.repeat(200) }],
  [
    'a name in any script',
    { name: 'Z\u00fcrich \u4f1a\u8b70 \u{1f3a5}' },
    { name: 'Z\u00fcrich \u4f1a\u8b70 \u{1f3a5}' },
  ],
  ['a service type of one character', { serviceType: 'm' }, { serviceType: 'm' }],
  ['a service type of 64 characters', { serviceType: 'm'.repeat(64) }, { serviceType: 'm'.repeat(64) }],
  ['a region', { region: 'eu-central-1' }, { region: 'eu-central-1' }],
  ['scopes, each once, in their order', { scope: 'b a b' }, { scopes: ['b', 'a'] }],
  ['50 audiences', { audiences: uris(50) }, { audiences: uris(50) }],
  [
    'an audience once that was given twice',
    { audiences: ['urn:b', 'urn:a', 'urn:b'] },
    { audiences: ['urn:b', 'urn:a'] },
  ],
  ['a URL with port, path and query', { audiences: ['https://a:8/b?c=%20'] }, { audiences: ['https://a:8/b?c=%20'] }],
  [
    'a resource id of 512 characters',
    { resourceIds: [`urn:${'r'.repeat(508)}`] },
    { resourceIds: [`urn:${'r'.repeat(508)}`] },
  ],
  ['client_secret_post', { authMethod: 'client_secret_post' }, { authMethod: 'client_secret_post' }],
  ['a lifetime of a minute', { accessTokenTtlSeconds: 60 }, { accessTokenTtlSeconds: 60 }],
  ['a lifetime of a day', { accessTokenTtlSeconds: 86_400 }, { accessTokenTtlSeconds: 86_400 }],
]

const LABELS = ['', '-a', 'a-', '-', 'A', 'a_b', 'a b', '\u00e4', 'a\n', 'a'.repeat(65)]
const URIS = ['', 'relative', '//host/path', ':', 'a:', '1a:b', 'urn:a#', 'https://a/#b', 'urn:a b', 'urn:\u00e4']
const BROKEN_URIS = [...URIS, 'urn:%', 'urn:%2', 'urn:%zz', 'urn:a\n', 'urn:"', 'urn:\\', `urn:${'a'.repeat(509)}`]

const REFUSED: readonly (readonly [string, Partial<ClientMetadata>])[] = [
  ...['', ' ', ' a', 'a ', '\ta', 'a\nb', 'a\0', 'a\u200eb', 'a\u2028b', 'a\ufeffb', '\ud800', 'a'.repeat(201)].map(
    (name) => ['client_name', { name }] as const,
  ),
  ...LABELS.map((serviceType) => ['service_type', { serviceType }] as const),
  ...LABELS.map((region) => ['region', { region }] as const),
  ...['', ' ', 'a  b', 'a\tb', 'a"', '\u00e4', 'a'.repeat(4097)].map((scope) => ['scope', { scope }] as const),
  ...BROKEN_URIS.map((uri) => ['audiences', { audiences: ['urn:ac:right', uri] }] as const),
  ...BROKEN_URIS.map((uri) => ['resource_ids', { resourceIds: [uri] }] as const),
  ['audiences', { audiences: uris(51) }],
  ['resource_ids', { resourceIds: uris(51) }],
  ...['', 'none', 'private_key_jwt', 'CLIENT_SECRET_BASIC', 'toString'].map(
    (authMethod) => ['token_endpoint_auth_method', { authMethod }] as const,
  ),
  ...[59, 86_401, 0, -60, 60.5, NaN, Infinity].map(
    (accessTokenTtlSeconds) => ['access_token_ttl', { accessTokenTtlSeconds }] as const,
  ),
]

describe('A registration', () => {
  it('needs a name and a scope, and has defaults for the rest', () => {
    expect(checkClientMetadata(LEAST)).toEqual({
      name: 'a',
      serviceType: undefined,
      region: undefined,
      scopes: ['b'],
      audiences: [],
      resourceIds: [],
      authMethod: 'client_secret_basic',
      accessTokenTtlSeconds: undefined,
      disabled: false,
    })
  })

  it.each(ACCEPTED)('may have %s', (_, given, expected) => {
    expect(checkClientMetadata({ ...LEAST, ...given })).toMatchObject(expected)
  })

  it.each(REFUSED)('is refused for its %s (case %#)', (field, given) => {
    const error = caught(() => checkClientMetadata({ ...LEAST, ...given }))
    expect(error).toBeInstanceOf(InvalidClientMetadata)
    expect(error).toMatchObject({ code: 'invalid_client_metadata', field })
  })

  it('is told the rule of a field in one constant text, which repeats nothing of what it sent', () => {
    const rules = REFUSED.map(([field, given]) => {
      const error = caught(() => checkClientMetadata({ ...LEAST, ...given }))
      return `${field}: ${error instanceof InvalidClientMetadata && error.rule}`
    })
    expect(new Set(rules).size).toBe(new Set(REFUSED.map(([field]) => field)).size)
  })

  it('has the first field named that breaks its rule', () => {
    const error = caught(() => checkClientMetadata({ name: 'a', scope: '', region: '-' }))
    expect(error).toMatchObject({ field: 'region' })
  })
})

function caught(act: () => unknown): unknown {
  try {
    return act()
  } catch (error) {
    return error
  }
}
