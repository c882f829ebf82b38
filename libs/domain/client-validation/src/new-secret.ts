import { secretId, type ClientId, type Secret } from '@ac/kernel'
import { randomBase62 } from './base62.ts'
import type { ClientSecret } from './client.ts'
import { generateClientSecret } from './client-secret-format.ts'
import type { RandomBytes } from './ports/random-bytes.ts'
import type { SecretHasher } from './ports/secret-hasher.ts'
import type { SecretMacMaker } from './ports/secret-mac-maker.ts'

/** What {@link newSecret} needs. */
export interface NewSecretDeps {
  readonly macs: SecretMacMaker
  readonly hasher: SecretHasher
  readonly randomBytes: RandomBytes
}

/**
 * Makes a secret for `client`, without an end, and what is to be stored of it.
 * @throws {Overloaded} too many hashes are waiting
 */
export async function newSecret(
  client: ClientId,
  now: Date,
  { macs, hasher, randomBytes }: NewSecretDeps,
): Promise<{ readonly secret: Secret; readonly stored: ClientSecret }> {
  const secret = generateClientSecret(randomBytes)
  const stored = {
    id: secretId(`sec_${randomBase62(22, randomBytes)}`),
    hash: await hasher.hash(secret),
    mac: macs.make(client, secret),
    createdAt: now,
    expiresAt: undefined,
    lastUsedAt: undefined,
  }
  return { secret, stored }
}
