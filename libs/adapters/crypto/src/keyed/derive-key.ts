import { hkdfSync } from 'node:crypto'

/** Shortest root that keys are derived from, in bytes: the strength of every key derived from it. */
const MIN_ROOT_LENGTH = 32

/**
 * A key of 32 bytes for one purpose: HKDF-SHA-256 (RFC 5869) of `root`, without salt, with the info
 * `ac-service/<purpose>/v1`. One purpose's key tells nothing about another's, so one configured secret serves all.
 * @param root at least 32 random bytes
 * @throws {RangeError} `root` is shorter
 */
export function deriveKey(root: Uint8Array, purpose: string): Uint8Array {
  if (root.length < MIN_ROOT_LENGTH) throw new RangeError(`a key is derived from at least ${MIN_ROOT_LENGTH} bytes`)
  return new Uint8Array(hkdfSync('sha256', root, new Uint8Array(0), `ac-service/${purpose}/v1`, 32))
}
