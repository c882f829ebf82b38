import { describe, expect, it } from '@jest/globals'
import { keyId } from '@ac/kernel'
import { readClaims } from './read-claims.ts'
import { someClaims } from './testing/some-claims.ts'

const kid = keyId('kid-1')
const read = (claims: unknown) => readClaims({ keyId: kid, claims })
const without = (name: string) => {
  const { [name]: _, ...rest } = someClaims()
  return rest
}

describe('readClaims', () => {
  it('reads every claim that this service signs', () => {
    expect(read(someClaims({ service_type: 'media-handler', region: 'eu-central-1' }))).toEqual({
      id: '0123456789ABCDEFabcdeg',
      clientId: 'svc_0123456789ABCDEFabcdef',
      keyId: kid,
      issuer: 'https://ac.example',
      audience: 'urn:ac:platform',
      scopes: ['meetings.read', 'meetings.write'],
      issuedAt: new Date('2026-01-01T00:00:00Z'),
      expiresAt: new Date('2026-01-01T01:00:00Z'),
      serviceType: 'media-handler',
      region: 'eu-central-1',
    })
  })

  it('passes over claims that it does not know', () => {
    expect(read(someClaims({ act: { sub: 'somebody' }, later: 1 }))).toEqual(read(someClaims()))
  })

  it.each(['iss', 'sub', 'client_id', 'aud', 'iat', 'exp', 'jti', 'scope'])('does not do without %s', (name) => {
    expect(read(without(name))).toBeUndefined()
  })

  it.each(['service_type', 'region'])('does without %s', (name) => {
    expect(read(without(name))).toBeDefined()
  })

  const wrongTexts = [null, '', 1, true, ['text'], { text: 'text' }]
  const wrongNumbers = [
    null,
    '',
    '1767225601',
    '',
    true,
    [1_767_225_601],
    {},
    -1,
    1_767_225_600.5,
    1e300,
    8_640_000_000_001,
  ]
  it.each([
    ...['iss', 'aud', 'sub', 'client_id', 'jti', 'scope', 'service_type', 'region'].map(
      (name) => [name, wrongTexts] as const,
    ),
    ['aud', [['urn:ac:platform'], ['urn:ac:platform', 'urn:other'], []]],
    ['iat', wrongNumbers],
    ['exp', wrongNumbers],
    ['jti', ['a b', 'a\0', 'ä', 'x'.repeat(129)]],
    ['scope', [' ', 'a  b', ' a', 'a ', 'a"', 'a\\', 'ä', 'x'.repeat(4097)]],
  ] as const)('refuses a %s of a wrong type or form', (name, values) => {
    for (const value of values) expect([value, read(someClaims({ [name]: value }))]).toEqual([value, undefined])
  })

  it('refuses a subject that is not the client', () => {
    expect(read(someClaims({ sub: 'svc_another' }))).toBeUndefined()
    expect(read(someClaims({ client_id: 'svc_another' }))).toBeUndefined()
  })

  it('refuses an id with a space or beyond ASCII, even when subject and client agree on it', () => {
    for (const id of ['svc a', 'svc_\0', 'ключ', 'x'.repeat(129)]) {
      expect(read(someClaims({ sub: id, client_id: id }))).toBeUndefined()
    }
  })

  it('refuses a token that expires when it is issued, or before', () => {
    const { iat } = someClaims()
    expect(read(someClaims({ exp: iat }))).toBeUndefined()
    expect(read(someClaims({ exp: Number(iat) - 1 }))).toBeUndefined()
    expect(read(someClaims({ exp: Number(iat) + 1 }))).toBeDefined()
  })

  it.each([
    ['nbf', 0],
    ['cnf', { jkt: 'thumbprint' }],
  ])('refuses a token that %s limits in a way that nothing here checks', (name, value) => {
    expect(read(someClaims({ [name]: value }))).toBeUndefined()
  })

  it.each([[null], [undefined], ['claims'], [1], [[]], [[someClaims()]], [true]])(
    'refuses %j, which is no claims set',
    (claims) => {
      expect(read(claims)).toBeUndefined()
    },
  )
})
