import { createPrivateKey, sign } from 'node:crypto'
import { AesGcmKeyCipher } from '@ac/crypto'
import type { PublicKey, SigningKeyStatus } from '@ac/key-rotation'
import { decodeJwt } from 'jose'
import type { ServiceDatabase } from './service-database.ts'
import { MASTER_KEY } from './service-environment.ts'

/** A signing key of the service in the hands of somebody who has the database and the master key. */
export interface StolenKey {
  readonly kid: string
  readonly publicKey: PublicKey
  /** The header that the service gives to its tokens. */
  readonly header: Readonly<Record<string, unknown>>
  /** Signs two parts as they are: objects as compact JSON, texts as they come. */
  sign(header: object | string, claims: object | string): string
}

const encode = (part: object | string): string =>
  Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url')

/** Takes the key that has this status. */
export async function stealKey(database: ServiceDatabase, status: SigningKeyStatus = 'active'): Promise<StolenKey> {
  const { keys } = await database.signingKeys().read()
  const key = keys.find((candidate) => candidate.status === status)
  if (!key) throw new Error(`no key is ${status}`)
  const opened = await new AesGcmKeyCipher({ current: MASTER_KEY }).open(key.kid, key.sealedPrivateKey)
  const privateKey = createPrivateKey({ key: Buffer.from(opened), format: 'der', type: 'pkcs8' })
  return {
    kid: key.kid,
    publicKey: key.publicKey,
    header: { alg: 'EdDSA', typ: 'at+jwt', kid: key.kid },
    sign: (header, claims) => {
      const input = `${encode(header)}.${encode(claims)}`
      return `${input}.${sign(null, Buffer.from(input), privateKey).toString('base64url')}`
    },
  }
}

/** The claims of `token` with some of them changed; `undefined` leaves one out. */
export const claimsOf = (token: string, changes: Readonly<Record<string, unknown>> = {}): object => ({
  ...decodeJwt(token),
  ...changes,
})
