import { createPrivateKey, createPublicKey, randomBytes } from 'node:crypto'
import { AesGcmKeyCipher } from '@ac/crypto'
import { keyId, NO_ORIGIN } from '@ac/kernel'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createRemoteJWKSet, customFetch, jwtVerify } from 'jose'
import { fetchAt } from './fetch-at.ts'
import { keyLife } from './key-life.ts'
import type { RegisteredClient } from './registered-client.ts'
import { startService, type RunningService } from './running-service.ts'
import { useServiceDatabase } from './service-database.ts'
import { ISSUER, serviceEnvironment } from './service-environment.ts'
import { ServiceProcess } from './service-process.ts'
import { found } from './spellings.ts'
import { requestToken } from './token-request.ts'

const database = useServiceDatabase()
const [oldKey, newKey] = [randomBytes(32), randomBytes(32)]

/** The environments that replicas go through, in this order. */
const OLD = { AC_MASTER_KEY: oldKey.toString('base64') }
const BOTH = { AC_MASTER_KEY: newKey.toString('base64'), AC_MASTER_KEYS_PREVIOUS: oldKey.toString('base64') }
const NEW = { AC_MASTER_KEY: newKey.toString('base64') }

let client: RegisteredClient
let replicas: readonly RunningService[]
/** Every private key that was ever seen, by the 32 bytes at the end of its PKCS#8 form (RFC 8410 section 7). */
const secrets: Record<string, Uint8Array> = { 'the old master key': oldKey, 'the new master key': newKey }
const dumps: string[] = []
/** Tokens of every stage; each must verify at every later one. */
const tokens: string[] = []

beforeAll(async () => {
  client = await database().register()
  replicas = await Promise.all([1, 2].map(() => startService(database().url, OLD)))
})
afterAll(() => Promise.all(replicas.map((replica) => replica.stop())))

/** Replaces one replica after the other, so that one is always there. */
async function roll(env: Readonly<Record<string, string>>): Promise<void> {
  for (const index of [0, 1]) {
    const [old, other] = index === 0 ? replicas : replicas.toReversed()
    const young = await startService(database().url, env)
    if (other) replicas = index === 0 ? [young, other] : [other, young]
    await old?.stop()
    await expectWork()
  }
}

/** Gets a token from each replica, and verifies every token so far at each. */
async function expectWork(): Promise<void> {
  for (const { api } of replicas) {
    const { status, json } = await requestToken(api, client)
    expect(status).toBe(200)
    tokens.push(String(json['access_token']))
  }
  for (const { api } of replicas) {
    const url = new URL(`${ISSUER}/.well-known/jwks.json`)
    const keys = createRemoteJWKSet(url, { [customFetch]: fetchAt(api) })
    for (const token of tokens) await jwtVerify(token, keys, { issuer: ISSUER })
  }
}

/** Dumps the database, and notes what must not be in it. */
async function dump(): Promise<void> {
  dumps.push(await database().dump())
  const cipher = new AesGcmKeyCipher({ current: newKey, previous: [oldKey] })
  const rows = await database().query<{ kid: string; sealed: Buffer; x: string }>(
    `select kid, sealed_private_key as sealed, public_key->>'x' as x from signing_keys where sealed_private_key <> ''`,
  )
  for (const { kid, sealed, x } of rows) {
    const privateKey = await cipher.open(keyId(kid), sealed)
    const key = createPrivateKey({ key: Buffer.from(privateKey), type: 'pkcs8', format: 'der' })
    expect(createPublicKey(key).export({ format: 'jwk' }).x).toBe(x)
    secrets[`private key ${kid}`] = privateKey.slice(-32)
  }
}

describe('the master key of two running replicas', () => {
  it('is changed while they serve, with a rotation in the middle, and the old one is needed no more', async () => {
    await expectWork()
    await dump()
    await roll(BOTH)
    const life = keyLife(database(), newKey, oldKey)
    await life.rotator.rotate({ forced: true, actor: 'acctl' }, NO_ORIGIN)
    await expectWork()
    await dump()
    expect(await life.rewrapper.rewrap('acctl', NO_ORIGIN)).toEqual(await life.kids('active'))
    expect(await life.rewrapper.rewrap('acctl', NO_ORIGIN)).toEqual([])
    await expectWork()
    await dump()
    await roll(NEW)
    await life.rotator.rotate({ forced: true, actor: 'acctl' }, NO_ORIGIN)
    await expectWork()
    await dump()
  }, 120_000)

  it('was dropped: a replica that knows only the old one does not start', async () => {
    const process = new ServiceProcess(serviceEnvironment(database().url, OLD))
    expect(await process.exited()).toBe(78)
    expect(process.stderr).toContain('neither AC_MASTER_KEY nor AC_MASTER_KEYS_PREVIOUS')
    expect(await database().dump()).toBe(dumps.at(-1))
  })

  it('left no private key and no master key in the database at any moment, however it is written', () => {
    expect(Object.keys(secrets)).toHaveLength(6)
    for (const text of dumps) expect(found(text, secrets)).toEqual([])
  })

  it('left nothing of keys that sign no more, not even sealed', async () => {
    const rows = await database().query<{ status: string; size: number }>(
      'select status, length(sealed_private_key) as size from signing_keys order by status',
    )
    expect(rows.map(({ status, size }) => [status, size > 0])).toEqual([
      ['active', true],
      ['next', true],
      ['retiring', false],
      ['retiring', false],
    ])
  })
})
