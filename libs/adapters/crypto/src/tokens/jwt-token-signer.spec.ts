import { describe, expect, it } from '@jest/globals'
import { clientId, tokenId, Unavailable } from '@ac/kernel'
import type { KeyPair, Signer } from '@ac/key-rotation'
import { SigningKeyUnavailable, type AccessTokenClaims } from '@ac/token-issuance'
import { tokenSignerContract } from '@ac/token-issuance/testing'
import { compactVerify, importJWK, jwtVerify } from 'jose'
import { Ed25519KeyPairs } from '../signing-keys/ed25519-key-pairs.ts'
import { JwtTokenSigner } from './jwt-token-signer.ts'

const pairs = new Ed25519KeyPairs()
const now = new Date('2026-05-04T12:00:00Z')
const iat = now.getTime() / 1000

const claims: AccessTokenClaims = {
  iss: 'https://ac.example.com',
  sub: clientId('svc_a'),
  client_id: clientId('svc_a'),
  aud: 'urn:ac:platform',
  iat,
  exp: iat + 3600,
  jti: tokenId('AAAAAAAAAAAAAAAAAAAAAA'),
  scope: 'meeting:read meeting:write',
  service_type: 'Übertragung "😀"',
}

async function aKey(): Promise<{ pair: KeyPair; signer: Signer }> {
  const pair = await pairs.generate()
  return { pair, signer: pairs.signer(pair.kid, pair.privateKey) }
}

const decode = (part: string | undefined): string => Buffer.from(part ?? '', 'base64url').toString()

tokenSignerContract('JwtTokenSigner', async () => {
  const { pair, signer } = await aKey()
  const key = await importJWK({ ...pair.publicKey }, 'EdDSA')
  return {
    signer: new JwtTokenSigner({ active: async () => signer }),
    publicKey: pair.publicKey,
    kid: pair.kid,
    verify: async (jwt) => {
      const { protectedHeader, payload } = await compactVerify(jwt, key)
      return { header: protectedHeader, claims: JSON.parse(Buffer.from(payload).toString()) }
    },
  }
})

describe('JwtTokenSigner', () => {
  it('signs tokens that another library verifies as an access token of RFC 9068', async () => {
    const { pair, signer } = await aKey()
    const token = await new JwtTokenSigner({ active: async () => signer }).sign(claims)
    const { payload, protectedHeader } = await jwtVerify(token, await importJWK({ ...pair.publicKey }, 'EdDSA'), {
      algorithms: ['EdDSA'],
      typ: 'at+jwt',
      issuer: claims.iss,
      audience: claims.aud,
      currentDate: now,
    })
    expect([payload, protectedHeader]).toEqual([claims, { alg: 'EdDSA', typ: 'at+jwt', kid: pair.kid }])
  })

  it('writes exactly alg, typ and kid into the header and exactly the claims into the payload, without padding', async () => {
    const { pair, signer } = await aKey()
    const token = await new JwtTokenSigner({ active: async () => signer }).sign(claims)
    const [header, payload, signature, ...rest] = token.split('.')
    expect(decode(header)).toBe(`{"alg":"EdDSA","typ":"at+jwt","kid":"${pair.kid}"}`)
    expect(decode(payload)).toBe(JSON.stringify(claims))
    expect(signature).toMatch(/^[A-Za-z0-9_-]{86}$/)
    expect([token.includes('='), rest]).toEqual([false, []])
  })

  it('follows the active key, and names in the header the one that signed', async () => {
    const [one, other] = await Promise.all([aKey(), aKey()])
    const actives = [one, other, other, one]
    let calls = 0
    const tokens = new JwtTokenSigner({ active: async () => actives[calls++]?.signer })
    for (const { pair } of actives) {
      const { protectedHeader } = await jwtVerify(
        await tokens.sign(claims),
        await importJWK({ ...pair.publicKey }, 'EdDSA'),
        {
          currentDate: now,
        },
      )
      expect(protectedHeader.kid).toBe(pair.kid)
    }
    expect(calls).toBe(actives.length)
  })

  it('gives each of many concurrent calls its own claims, under a key that changes meanwhile', async () => {
    const [one, other] = await Promise.all([aKey(), aKey()])
    let active = one
    const tokens = new JwtTokenSigner({ active: async () => active.signer })
    const signing = Array.from({ length: 100 }, (_, index) => {
      active = index % 2 ? one : other
      return tokens.sign({ ...claims, jti: tokenId(`token-${index}`) })
    })
    const keys = await Promise.all([other, one].map(({ pair }) => importJWK({ ...pair.publicKey }, 'EdDSA')))
    for (const [index, token] of (await Promise.all(signing)).entries()) {
      const { payload } = await jwtVerify(token, keys[index % 2] ?? new Uint8Array(), { currentDate: now })
      expect(payload.jti).toBe(`token-${index}`)
    }
  })

  it('refuses while no key is active', async () => {
    await expect(new JwtTokenSigner({ active: async () => undefined }).sign(claims)).rejects.toBeInstanceOf(
      SigningKeyUnavailable,
    )
  })

  it('takes a signature that is part of a larger buffer', async () => {
    const { pair } = await aKey()
    const active = async (): Promise<Signer> => ({
      kid: pair.kid,
      sign: async () => new Uint8Array(66).fill(1, 1, 65).subarray(1, 65),
    })
    const [, , signature] = (await new JwtTokenSigner({ active }).sign(claims)).split('.')
    expect(Buffer.from(signature ?? '', 'base64url').equals(Buffer.alloc(64, 1))).toBe(true)
  })

  it('gives no token when the signature fails', async () => {
    const { pair } = await aKey()
    const active = async (): Promise<Signer> => ({
      kid: pair.kid,
      sign: () => Promise.reject(new Error('no signature')),
    })
    await expect(new JwtTokenSigner({ active }).sign(claims)).rejects.toThrow('no signature')
  })

  it('gives no token, and says why, when it is not known which key is active', async () => {
    const failure = new Unavailable('key store')
    await expect(new JwtTokenSigner({ active: () => Promise.reject(failure) }).sign(claims)).rejects.toBe(failure)
  })
})
