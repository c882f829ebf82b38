import { createPublicKey, createPrivateKey, randomBytes } from 'node:crypto'
import { AesGcmKeyCipher } from '@ac/crypto'
import { keyId } from '@ac/kernel'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { startService } from './running-service.ts'
import { useServiceDatabase } from './service-database.ts'
import { HASH_SECRET } from './service-environment.ts'
import { found } from './spellings.ts'
import { basic, get, post, requestToken } from './token-request.ts'

interface StoredKeyRow {
  readonly kid: string
  readonly sealed: Buffer
  readonly x: string
}

/** The 32 bytes that an Ed25519 private key is made of are the last ones of its PKCS#8 form (RFC 8410 section 7). */
const SEED_BYTES = 32

const database = useServiceDatabase()
const masterKey = randomBytes(32)
const secrets: Record<string, Uint8Array> = { 'the master key': masterKey, 'the hash secret': HASH_SECRET }
const published: Record<string, Uint8Array> = {}
let issued = 0
let dump = ''
let output = ''
let answers = ''

/** What the database holds of the signing keys, opened as only the owner of the master key can. */
async function openKeys(): Promise<void> {
  const cipher = new AesGcmKeyCipher({ current: masterKey })
  const rows = await database().query<StoredKeyRow>(
    `select kid, sealed_private_key as sealed, public_key->>'x' as x from signing_keys`,
  )
  for (const [index, { kid, sealed, x }] of rows.entries()) {
    const privateKey = await cipher.open(keyId(kid), sealed)
    const key = createPrivateKey({ key: Buffer.from(privateKey), type: 'pkcs8', format: 'der' })
    expect(createPublicKey(key).export({ format: 'jwk' }).x).toBe(x)
    secrets[`private key ${index}`] = privateKey.slice(-SEED_BYTES)
    published[`public key ${index}`] = Buffer.from(x, 'base64url')
    published[`sealed key ${index}`] = sealed
  }
}

beforeAll(async () => {
  const service = await startService(database().url, {
    AC_MASTER_KEY: masterKey.toString('base64'),
    AC_LOG_LEVEL: 'debug',
  })
  const client = await database().register()
  secrets['the client secret'] = Buffer.from(client.secret)
  secrets['the client credentials'] = Buffer.from(`${client.id}:${client.secret}`)
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: client.id,
    client_secret: client.secret,
  })
  const token = await requestToken(service.api, client)
  issued = token.status
  const all = [
    token,
    await post(service.api, form),
    await requestToken(service.api, client, { parameters: { scope: 'beyond:what-is-registered' } }),
    await requestToken(service.api, { ...client, secret: `${client.secret}x` }),
    await post(service.api, '', { authorization: `${basic(client)}%` }),
    await get(`${service.api}/.well-known/jwks.json`),
    await get(`${service.api}/.well-known/oauth-authorization-server`),
    await get(`${service.api}/nothing?client_secret=${client.secret}`),
    await get(`${service.management}/ready`),
  ]
  answers = all.map(({ headers, text }) => [...headers].join('\n') + text).join('\n')
  await service.stop()
  output = service.process.output
  dump = await database().dump()
  await openKeys()
})

describe('a secret', () => {
  it('is in no table of the database, however it is written', () => {
    expect(Object.keys(secrets)).toHaveLength(6)
    expect(found(dump, secrets)).toEqual([])
  })

  it('is in no answer of the API and in no line of the log', () => {
    expect([found(answers, secrets), found(output, secrets)]).toEqual([[], []])
  })
})

describe('the search for secrets', () => {
  it('finds what is no secret and must be there', () => {
    expect([issued, Object.keys(published).length]).toEqual([200, 4])
    expect(found(dump, published)).toEqual(Object.keys(published))
    expect(found(answers, published)).toEqual(Object.keys(published).filter((name) => name.startsWith('public')))
  })
})
