import { createHmac, createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { clientId, keyId, tokenId, type KeyId } from '@ac/kernel'
import type { PublicKey } from '@ac/key-rotation'
import { someClaims, signedTokenReaderContract } from '@ac/token-validation/testing'
import { SignJWT } from 'jose'
import { Ed25519KeyPairs } from '../signing-keys/ed25519-key-pairs.ts'
import { keyThumbprint } from '../signing-keys/key-thumbprint.ts'
import { JwtTokenReader } from './jwt-token-reader.ts'
import { JwtTokenSigner } from './jwt-token-signer.ts'
import { VerifiedTokens } from './verified-tokens.ts'

/** The order of the base point (RFC 8032 section 5.1). */
const L = 2n ** 252n + 27742317777372353535851937790883648493n

interface Key {
  readonly kid: KeyId
  readonly publicKey: PublicKey
  readonly privateKey: KeyObject
}

function aKey(): Key {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const { x = '' } = publicKey.export({ format: 'jwk' })
  const jwk = { kty: 'OKP', crv: 'Ed25519', x } as const
  return { kid: keyThumbprint(jwk), publicKey: jwk, privateKey }
}

const readerOf = (...keys: readonly Pick<Key, 'kid' | 'publicKey'>[]): JwtTokenReader =>
  new JwtTokenReader({ publicKey: (kid) => keys.find((key) => key.kid === kid)?.publicKey })

const encode = (part: unknown): string =>
  Buffer.from(typeof part === 'string' || part instanceof Uint8Array ? part : JSON.stringify(part)).toString(
    'base64url',
  )

/** Signs two parts as they are: objects as compact JSON, texts and bytes as they come. */
function signed({ privateKey }: Key, header: unknown, claims: unknown = someClaims()): string {
  const input = `${encode(header)}.${encode(claims)}`
  return `${input}.${sign(null, Buffer.from(input), privateKey).toString('base64url')}`
}

const rejected = (reason: string) => expect.objectContaining({ code: 'token_rejected', reason })

signedTokenReaderContract('JwtTokenReader', async () => {
  const key = aKey()
  let published: PublicKey | undefined = key.publicKey
  return {
    reader: new JwtTokenReader({ publicKey: (kid) => (kid === key.kid ? published : undefined) }),
    keyId: key.kid,
    sign: async (claims) => signed(key, { alg: 'EdDSA', typ: 'at+jwt', kid: key.kid }, claims),
    withdraw: () => void (published = undefined),
  }
})

describe('JwtTokenReader', () => {
  let ours: Key
  let theirs: Key
  let reader: JwtTokenReader
  let header: { alg: string; typ: string; kid: KeyId }

  beforeAll(() => {
    ;[ours, theirs] = [aKey(), aKey()]
    reader = readerOf(ours, aKey())
    header = { alg: 'EdDSA', typ: 'at+jwt', kid: ours.kid }
  })

  it('reads what the signer of this service writes', async () => {
    const pairs = new Ed25519KeyPairs()
    const { kid, publicKey, privateKey } = await pairs.generate()
    const signer = pairs.signer(kid, privateKey)
    const claims = {
      iss: 'https://ac.example',
      sub: clientId('svc_a'),
      client_id: clientId('svc_a'),
      aud: 'urn:ac:platform',
      iat: 1,
      exp: 2,
      jti: tokenId('j'),
      scope: 's',
      service_type: 'Übertragung "😀"',
    }
    const token = await new JwtTokenSigner({ active: async () => signer }).sign(claims)
    expect(await readerOf({ kid, publicKey }).read(token)).toEqual({ keyId: kid, claims })
  })

  it('reads what another library signs with our key', async () => {
    const token = await new SignJWT({ ...someClaims() }).setProtectedHeader(header).sign(ours.privateKey)
    expect(await reader.read(token)).toEqual({ keyId: ours.kid, claims: someClaims() })
  })

  it.each<[string, () => unknown]>([
    ['another type', () => ({ ...header, typ: 'JWT' })],
    ['the long name of the type', () => ({ ...header, typ: 'application/at+jwt' })],
    ['the type in capitals', () => ({ ...header, typ: 'AT+JWT' })],
    ['no type', () => ({ alg: 'EdDSA', kid: ours.kid })],
    ['no algorithm', () => ({ typ: 'at+jwt', kid: ours.kid })],
    ['the new name of the algorithm, which we do not use', () => ({ ...header, alg: 'Ed25519' })],
    ['the algorithm in small letters', () => ({ ...header, alg: 'eddsa' })],
    ['the algorithm in an array', () => ({ ...header, alg: ['EdDSA'] })],
    ['no key', () => ({ alg: 'EdDSA', typ: 'at+jwt' })],
    ['a key that is a number', () => ({ ...header, kid: 1 })],
    ['a key that is null', () => ({ ...header, kid: null })],
    ['a key in an array', () => ({ ...header, kid: [ours.kid] })],
    ['a content type', () => ({ ...header, cty: 'JWT' })],
    ['critical members', () => ({ ...header, crit: ['exp'], exp: 1 })],
    ['no critical members', () => ({ ...header, crit: [] })],
    ['an unencoded payload', () => ({ ...header, b64: false, crit: ['b64'] })],
    ['a place of keys', () => ({ ...header, jku: 'https://evil.example/jwks.json' })],
    ['a certificate', () => ({ ...header, x5c: ['MIIB'] })],
    ['a place of certificates', () => ({ ...header, x5u: 'https://evil.example/cert' })],
    ['our own key in it', () => ({ ...header, jwk: ours.publicKey })],
    ['compression', () => ({ ...header, zip: 'DEF' })],
    ['any other member', () => ({ ...header, '': '' })],
    ['a member named __proto__', () => `{"alg":"EdDSA","typ":"at+jwt","kid":"${ours.kid}","__proto__":{}}`],
    ['only what its prototype would say', () => `{"__proto__":${JSON.stringify(header)}}`],
    ['nothing', () => ({})],
    ['no object', () => 'null'],
    ['an array', () => [header]],
    ['no JSON', () => `{"alg":"EdDSA","typ":"at+jwt","kid":"${ours.kid}"`],
    ['a repeated member', () => `{"alg":"none","alg":"EdDSA","typ":"at+jwt","kid":"${ours.kid}"}`],
    ['a repeated key', () => `{"alg":"EdDSA","typ":"at+jwt","kid":"${theirs.kid}","kid":"${ours.kid}"}`],
    ['a space', () => `{"alg":"EdDSA", "typ":"at+jwt","kid":"${ours.kid}"}`],
    ['a line feed behind it', () => `${JSON.stringify(header)}\n`],
    ['an escape', () => `{"alg":"EdDS\\u0041","typ":"at+jwt","kid":"${ours.kid}"}`],
    ['a byte order mark', () => `\ufeff${JSON.stringify(header)}`],
    ['broken UTF-8', () => Buffer.from(`{"alg":"EdDSA","typ":"at+jwt","kid":"\xff"}`, 'latin1')],
  ])('rejects a header with %s, although our key signed it', async (_, make) => {
    await expect(reader.read(signed(ours, make()))).rejects.toEqual(rejected('malformed'))
  })

  it.each<[string, () => unknown]>([
    ['repeated claims', () => '{"scope":"a","scope":"admin:services"}'],
    ['repeated claims deep inside', () => '{"act":{"sub":"a","sub":"b"}}'],
    ['spaces', () => '{ "scope": "a" }'],
    ['a number that is written in another way', () => '{"exp":1e9}'],
    ['a whole number with a fraction', () => '{"exp":1.0}'],
    ['a number beyond what is exact', () => '{"exp":9007199254740993}'],
    ['an escaped slash', () => '{"iss":"https:\\/\\/ac.example"}'],
    ['no JSON', () => 'claims'],
    ['broken UTF-8', () => Buffer.from('{"iss":"\xc3"}', 'latin1')],
  ])('rejects claims with %s, although our key signed them', async (_, make) => {
    await expect(reader.read(signed(ours, header, make()))).rejects.toEqual(rejected('malformed'))
  })

  it('rejects a token without a signature, whatever its algorithm says', async () => {
    for (const alg of ['none', 'None', 'NONE', 'nOnE', '', 'EdDSA']) {
      const input = `${encode({ ...header, alg })}.${encode(someClaims())}`
      for (const signature of ['', encode(Buffer.alloc(64))]) {
        await expect(reader.read(`${input}.${signature}`)).rejects.toMatchObject({ code: 'token_rejected' })
      }
    }
  })

  it('rejects a MAC under our public key, whatever its algorithm says', async () => {
    const spki = createPublicKey(ours.privateKey).export({ type: 'spki', format: 'pem' })
    const secrets = [ours.publicKey.x, Buffer.from(ours.publicKey.x, 'base64url'), spki, JSON.stringify(ours.publicKey)]
    for (const alg of ['HS256', 'HS512', 'EdDSA']) {
      for (const secret of secrets) {
        const input = `${encode({ ...header, alg })}.${encode(someClaims())}`
        const mac = createHmac(alg === 'HS256' ? 'sha256' : 'sha512', secret)
          .update(input)
          .digest('base64url')
        await expect(reader.read(`${input}.${mac}`)).rejects.toMatchObject({ code: 'token_rejected' })
      }
    }
  })

  it('rejects what another key signed, under our kid, its own kid, or with itself in the header', async () => {
    await expect(reader.read(signed(theirs, header))).rejects.toEqual(rejected('bad_signature'))
    await expect(reader.read(signed(theirs, { ...header, kid: theirs.kid }))).rejects.toEqual(rejected('unknown_key'))
    await expect(reader.read(signed(theirs, { ...header, jwk: theirs.publicKey }))).rejects.toEqual(
      rejected('malformed'),
    )
  })

  it('rejects what one of our keys signed under the kid of another', async () => {
    const other = aKey()
    await expect(readerOf(ours, other).read(signed(other, header))).rejects.toEqual(rejected('bad_signature'))
  })

  it('takes a kid for a name in our own set, and for nothing else', async () => {
    const kids = ['', '/dev/null', '../../etc/passwd', `' or '1'='1`, 'constructor', '__proto__', '\0', '$key', ' ']
    for (const kid of [...kids, 'k'.repeat(4000), `${ours.kid} `, ours.kid.toLowerCase(), 'https://evil.example/key']) {
      await expect(reader.read(signed(ours, { ...header, kid: keyId(kid) }))).rejects.toEqual(rejected('unknown_key'))
    }
  })

  it('rejects the other signatures that a verifier which reads S modulo L would take', async () => {
    const [input, signature = ''] = splitSignature(signed(ours, header))
    const bytes = Buffer.from(signature, 'base64url')
    const s = BigInt(`0x${Buffer.from(bytes.subarray(32).toReversed()).toString('hex')}`)
    for (const multiple of [1n, 2n, 15n]) {
      const high = Buffer.from((s + multiple * L).toString(16).padStart(64, '0').slice(-64), 'hex').toReversed()
      const altered = Buffer.concat([bytes.subarray(0, 32), high]).toString('base64url')
      await expect(reader.read(`${input}.${altered}`)).rejects.toEqual(rejected('bad_signature'))
    }
  })

  it('rejects a signature that any message has under a key of small order, since ours is none', async () => {
    const neutral = Buffer.concat([Buffer.of(1), Buffer.alloc(63)]).toString('base64url')
    const [input] = splitSignature(signed(ours, header))
    await expect(reader.read(`${input}.${neutral}`)).rejects.toEqual(rejected('bad_signature'))
  })

  it('rejects every single altered bit of a signature', async () => {
    const [input, signature = ''] = splitSignature(signed(ours, header))
    const bytes = Buffer.from(signature, 'base64url')
    const altered = Array.from({ length: 512 }, (_, bit) =>
      Buffer.from(bytes.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))).toString('base64url'),
    )
    const read = await Promise.allSettled(altered.map((each) => reader.read(`${input}.${each}`)))
    for (const result of read) expect(result).toEqual({ status: 'rejected', reason: rejected('bad_signature') })
  })

  it('reads a token of 8192 characters and none that is longer', async () => {
    const bare = signed(ours, header, { pad: '' }).length
    const padded = (length: number) => signed(ours, header, { pad: 'x'.repeat(Math.floor(((length - bare) * 3) / 4)) })
    const longest = [8192, 8191, 8190].map(padded).find(({ length }) => length === 8192)
    expect(await reader.read(longest ?? '')).toMatchObject({ keyId: ours.kid })
    await expect(reader.read(padded(8196))).rejects.toEqual(rejected('malformed'))
  })

  it('fits the longest token that this service can issue', () => {
    const claims = { ...someClaims({ scope: 'x'.repeat(4096), aud: 'x'.repeat(512), iss: 'x'.repeat(512) }) }
    const labels = { service_type: 'x'.repeat(64), region: 'x'.repeat(64) }
    expect(signed(ours, header, { ...claims, ...labels }).length).toBeLessThanOrEqual(8192)
  })

  it('uses each key for what it signed, however many there are', async () => {
    const keys = Array.from({ length: 150 }, aKey)
    const many = readerOf(...keys)
    for (const key of [...keys, ...keys]) {
      expect(await many.read(signed(key, { ...header, kid: key.kid }))).toMatchObject({ keyId: key.kid })
    }
  })

  it('remembers a token whose signature is right, and no other', async () => {
    const verified = new VerifiedTokens(10)
    const remembering = new JwtTokenReader({ publicKey: () => ours.publicKey, verified })
    const [right, wrong] = [signed(ours, header), signed(theirs, header)]
    await remembering.read(right)
    await expect(remembering.read(wrong)).rejects.toEqual(rejected('bad_signature'))
    expect([verified.find(right), verified.find(wrong)]).toEqual([{ keyId: ours.kid, claims: someClaims() }, undefined])
  })

  it('does not verify again what it remembers, and still asks whether the key is published', async () => {
    const verified = new VerifiedTokens(10)
    const keys = new Set([ours.kid])
    const publicKey = (kid: KeyId) => (keys.has(kid) ? ours.publicKey : undefined)
    const remembering = new JwtTokenReader({ publicKey, verified })
    const unsigned = `${encode(header)}.${encode({})}.${'A'.repeat(86)}`
    await expect(remembering.read(unsigned)).rejects.toEqual(rejected('bad_signature'))
    verified.add(unsigned, { keyId: ours.kid, claims: {} })
    expect(await remembering.read(unsigned)).toEqual({ keyId: ours.kid, claims: {} })
    keys.clear()
    await expect(remembering.read(unsigned)).rejects.toEqual(rejected('unknown_key'))
  })

  it('verifies the signature of RFC 8037 appendix A.4 only over what it signs', async () => {
    const privateKey = createPrivateKey({
      key: {
        kty: 'OKP',
        crv: 'Ed25519',
        d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
        x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
      },
      format: 'jwk',
    })
    const kid = keyId('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k')
    const publicKey = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' } as const
    const rfc = readerOf({ kid, publicKey })
    expect(await rfc.read(signed({ kid, publicKey, privateKey }, { ...header, kid }))).toMatchObject({ keyId: kid })
    const borrowed = 'hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg'
    const input = `${encode({ ...header, kid })}.${encode(someClaims())}`
    await expect(rfc.read(`${input}.${borrowed}`)).rejects.toEqual(rejected('bad_signature'))
  })
})

function splitSignature(token: string): readonly [input: string, signature: string | undefined] {
  const end = token.lastIndexOf('.')
  return [token.slice(0, end), token.slice(end + 1)]
}
