import { createHmac, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { decodeJwt } from 'jose'
import { isActive, tokenOf } from './about-token.ts'
import type { RegisteredClient } from './registered-client.ts'
import { useService } from './running-service.ts'
import { useServiceDatabase } from './service-database.ts'
import { claimsOf, stealKey, type StolenKey } from './stolen-key.ts'

const SKEW = 300

const database = useServiceDatabase()
const service = useService(() => database().url)

let client: RegisteredClient
let token: string
let key: StolenKey

beforeAll(async () => {
  client = await database().register()
  token = await tokenOf(service().api, client)
  key = await stealKey(database())
})

const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url')
const now = (): number => Math.floor(Date.now() / 1000)

/** Signs with a key that is none of ours. */
function foreign(header: object, claims: object, pair = generateKeyPairSync('ed25519')): string {
  const input = `${encode(header)}.${encode(claims)}`
  return `${input}.${sign(null, Buffer.from(input), pair.privateKey).toString('base64url')}`
}

const active = (text: string) => isActive(service().api, client, text)

describe('what our own key signs', () => {
  it('is active when it says what the service would say', async () => {
    expect(await active(key.sign(key.header, claimsOf(token)))).toBe(true)
  })

  it.each<[string, (at: number) => Readonly<Record<string, unknown>>, boolean]>([
    ['expired within the skew', (at) => ({ iat: at - 3600, exp: at - SKEW + 30 }), true],
    ['expired beyond the skew', (at) => ({ iat: at - 3600, exp: at - SKEW - 1 }), false],
    ['issued in the future within the skew', (at) => ({ iat: at + SKEW - 30, exp: at + 3600 }), true],
    ['issued in the future beyond the skew', (at) => ({ iat: at + SKEW + 30, exp: at + 3600 }), false],
    ['without exp', () => ({ exp: undefined }), false],
    ['without iat', () => ({ iat: undefined }), false],
    ['with a text for exp', () => ({ exp: '4102444800' }), false],
    ['with a fraction of a second', (at) => ({ exp: at + 0.5 }), false],
    ['that expires at the end of time', () => ({ exp: 1e300 }), false],
    ['not valid before some time', (at) => ({ nbf: at - 10 }), false],
    ['of another issuer', () => ({ iss: 'https://other.test' }), false],
    ['of an issuer with a slash behind it', () => ({ iss: 'https://ac.test/' }), false],
    ['for several audiences', () => ({ aud: ['urn:ac:platform', 'https://evil.test'] }), false],
    ['for one audience in a list', () => ({ aud: ['urn:ac:platform'] }), false],
    ['without an audience', () => ({ aud: undefined }), false],
    ['without an id', () => ({ jti: undefined }), false],
    ['without a scope', () => ({ scope: undefined }), false],
    ['with scopes in a list', () => ({ scope: ['meeting:read'] }), false],
    ['for a client that there is not', () => ({ sub: 'svc_none', client_id: 'svc_none' }), false],
    ['for two clients', () => ({ client_id: 'svc_none' }), false],
    ['for a client with a NUL in its id', () => ({ sub: 'a\0', client_id: 'a\0' }), false],
    ['bound to a key of its holder', () => ({ cnf: { jkt: 'x' } }), false],
  ])('%s', async (_, change, expected) => {
    expect(await active(key.sign(key.header, claimsOf(token, change(now()))))).toBe(expected)
  })

  it.each<[string, (header: StolenKey['header']) => object | string]>([
    ['of another type', (header) => ({ ...header, typ: 'JWT' })],
    ['without a type', ({ alg, kid }) => ({ alg, kid })],
    ['under no algorithm', (header) => ({ ...header, alg: 'none' })],
    ['under a MAC', (header) => ({ ...header, alg: 'HS256' })],
    ['under the new name of the algorithm', (header) => ({ ...header, alg: 'Ed25519' })],
    ['without a kid', ({ alg, typ }) => ({ alg, typ })],
    ['with its own key in the header', (header) => ({ ...header, jwk: key.publicKey })],
    ['with a place of keys', (header) => ({ ...header, jku: 'https://evil.test/keys' })],
    ['with critical members', (header) => ({ ...header, crit: ['exp'], exp: 4_102_444_800 })],
    ['with a repeated kid', ({ kid }) => `{"alg":"EdDSA","typ":"at+jwt","kid":"x","kid":"${String(kid)}"}`],
    ['with spaces', (header) => JSON.stringify(header, undefined, 1)],
    ['that is no object', () => '[]'],
    ['with a kid that is a path', (header) => ({ ...header, kid: '../../../dev/null' })],
    ['with a kid that is SQL', (header) => ({ ...header, kid: `' or 1=1 --` })],
    ['with a kid that every object has', (header) => ({ ...header, kid: 'constructor' })],
    ['with a kid that is a list', (header) => ({ ...header, kid: [header['kid']] })],
  ])('is not active with a header %s', async (_, change) => {
    expect(await active(key.sign(change(key.header), claimsOf(token)))).toBe(false)
  })

  it('is not active with repeated claims or claims in another form', async () => {
    const claims = JSON.stringify(claimsOf(token))
    const repeated = claims.replace('{', '{"scope":"introspect:any",')
    for (const text of [repeated, ` ${claims}`, claims.replace(':', ': '), 'null', '[]']) {
      expect(await active(key.sign(key.header, text))).toBe(false)
    }
  })
})

describe('what our key did not sign', () => {
  it('is not active without a signature', async () => {
    const [header = '', payload = ''] = token.split('.')
    for (const alg of ['none', 'None', 'NONE', 'nOnE']) {
      const none = encode({ ...key.header, alg })
      for (const text of [`${none}.${payload}.`, `${none}.${payload}`, `${header}.${payload}.`]) {
        expect(await active(text)).toBe(false)
      }
    }
  })

  it('is not active under a MAC with our public key, in any of its forms', async () => {
    const publicKey = createPublicKey({ key: { ...key.publicKey }, format: 'jwk' })
    const pem = publicKey.export({ type: 'spki', format: 'pem' })
    const der = publicKey.export({ type: 'spki', format: 'der' })
    for (const secret of [pem, der, key.publicKey.x, Buffer.from(key.publicKey.x, 'base64url')]) {
      for (const alg of ['HS256', 'EdDSA']) {
        const input = `${encode({ ...key.header, alg })}.${encode(claimsOf(token))}`
        expect(await active(`${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`)).toBe(false)
      }
    }
  })

  it('is not active when another key signed it, whatever the header says of that key', async () => {
    const pair = generateKeyPairSync('ed25519')
    const jwk = pair.publicKey.export({ format: 'jwk' })
    const headers = [key.header, { ...key.header, jwk }, { ...key.header, kid: 'unknown' }, { ...key.header, x5c: [] }]
    for (const header of headers) expect(await active(foreign(header, claimsOf(token), pair))).toBe(false)
  })

  it('is not active with any of its claims changed', async () => {
    const [header = '', , signature = ''] = token.split('.')
    const changes = [{ exp: 4_102_444_800 }, { scope: 'admin:services' }, { jti: 'x' }, { aud: 'https://ac.test' }]
    for (const change of changes) {
      expect(await active(`${header}.${encode(claimsOf(token, change))}.${signature}`)).toBe(false)
    }
  })
})

describe('a token that is spelled in another way', () => {
  const spellings = (): readonly string[] => {
    const parts = token.split('.')
    const [header = '', payload = '', signature = ''] = parts
    const nextOf = (text: string) => {
      const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
      return text.slice(0, -1) + alphabet.charAt((alphabet.indexOf(text.at(-1) ?? '') + 1) % 64)
    }
    const json = JSON.stringify({ payload, signatures: [{ protected: header, signature }] })
    const ofParts = parts.flatMap((part, index) =>
      [`${part}=`, `${part}==`, nextOf(part), `${part}%3D`, `${part} `, `${part}\n`, part.toUpperCase()].map((other) =>
        parts.with(index, other).join('.'),
      ),
    )
    const around = [`${token}.`, `.${token}`, ` ${token}`, `${token} `, `${token}\n`, `Bearer ${token}`, `"${token}"`]
    const otherForms = [json, `${token}.${signature}`, `${header}..${payload}.${signature}`]
    const base64 = token.replaceAll('-', '+').replaceAll('_', '/')
    return [...ofParts, ...around, ...otherForms, base64].filter((spelling) => spelling !== token)
  }

  it('is not active, and cannot be mistaken for another one', async () => {
    expect(await active(token)).toBe(true)
    for (const spelling of spellings()) expect([spelling, await active(spelling)]).toEqual([spelling, false])
  })

  it('is no token when it is huge', async () => {
    const [header = '', , signature = ''] = token.split('.')
    for (const text of ['a'.repeat(30_000), '.'.repeat(9000), `${header}.${'A'.repeat(20_000)}.${signature}`]) {
      expect(await active(text)).toBe(false)
    }
    expect(await active(key.sign(key.header, claimsOf(token, { padding: 'x'.repeat(9000) })))).toBe(false)
  })
})

describe('tokens of every key that is published', () => {
  it('are active, also of the one that waits', async () => {
    const next = await stealKey(database(), 'next')
    expect(await active(next.sign(next.header, claimsOf(token)))).toBe(true)
    expect(decodeJwt(token).jti).toMatch(/./)
  })
})
