import type { KeyCipher } from './ports/key-cipher.ts'
import type { KeyPairs } from './ports/key-pairs.ts'
import type { StoredKey } from './signing-key.ts'

/** What {@link makeStoredKey} needs. */
export interface StoredKeyMakers {
  readonly cipher: KeyCipher
  readonly pairs: KeyPairs
}

/**
 * A new key whose private half is sealed already. The bytes that were sealed are overwritten, also when sealing fails.
 * @throws {Unavailable} the cipher does not answer
 */
export async function makeStoredKey({ cipher, pairs }: StoredKeyMakers): Promise<StoredKey> {
  const { kid, publicKey, privateKey } = await pairs.generate()
  try {
    return { kid, publicKey, sealedPrivateKey: await cipher.seal(kid, privateKey) }
  } finally {
    privateKey.fill(0)
  }
}
