import { createHmac } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { deriveKey } from './derive-key.ts'

const root = Uint8Array.from({ length: 32 }, (_, index) => index)

/** RFC 5869 section 2 for one block of output. */
function hkdf(info: string): string {
  const extracted = createHmac('sha256', Buffer.alloc(32)).update(root).digest()
  return createHmac('sha256', extracted).update(`${info}\u0001`).digest('hex')
}

describe('deriveKey', () => {
  it('is HKDF-SHA-256 with the purpose and a version as its info', () => {
    expect(Buffer.from(deriveKey(root, 'audit')).toString('hex')).toBe(hkdf('ac-service/audit/v1'))
  })

  it('derives what it always derived, since stored values depend on it', () => {
    const derived = Buffer.from(deriveKey(root, 'client-secret-mac')).toString('hex')
    expect(derived).toBe('4710a7185a2a9280bd9a46fd608ba85bb8bf3796a754a0eaae8dc6b5ae4126d0')
  })

  it('derives another key for another purpose and from another root', () => {
    const keys = [deriveKey(root, 'a'), deriveKey(root, 'b'), deriveKey(new Uint8Array(32), 'a')]
    expect(new Set(keys.map((key) => Buffer.from(key).toString('hex'))).size).toBe(3)
  })

  it('refuses a root of less than 32 bytes', () => {
    expect(() => deriveKey(root.subarray(1), 'a')).toThrow(RangeError)
  })
})
