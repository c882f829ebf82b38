import { createHash, createSecretKey, type KeyObject } from 'node:crypto'

const MASTER_KEY_LENGTH = 32

/** A key that private keys are sealed under. */
export interface MasterKey {
  /** The first 8 bytes of the key's SHA-256, in hexadecimal. Public: the key is random, so it tells nothing of it. */
  readonly id: string
  readonly key: KeyObject
}

/**
 * Loads a master key; `bytes` may be overwritten afterwards.
 * @throws {RangeError} `bytes` are not 32
 */
export function loadMasterKey(bytes: Uint8Array): MasterKey {
  if (bytes.length !== MASTER_KEY_LENGTH) throw new RangeError(`a master key has ${MASTER_KEY_LENGTH} bytes`)
  const id = createHash('sha256').update(bytes).digest('hex').slice(0, 16)
  return { id, key: createSecretKey(bytes) }
}
