import { createHash, createHmac } from 'node:crypto'
import { chainKeyContract } from '@ac/audit/testing'
import { describe, expect, it } from '@jest/globals'
import { deriveKey } from './derive-key.ts'
import { HmacChainKey } from './hmac-chain-key.ts'

const roots = { one: new Uint8Array(32).fill(1), other: new Uint8Array(32).fill(2) }

chainKeyContract('HmacChainKey', (root) => new HmacChainKey(roots[root]))

describe('HmacChainKey', () => {
  const key = deriveKey(roots.one, 'audit-chain')

  it('is HMAC-SHA-256 under a key of its own purpose', () => {
    const expected = createHmac('sha256', key).update('\u00e4 text').digest('hex')
    expect(new HmacChainKey(roots.one).seal('\u00e4 text')).toBe(expected)
  })

  it('names its key by the first 12 digits of the SHA-256 of the derived key', () => {
    expect(new HmacChainKey(roots.one).id).toBe(createHash('sha256').update(key).digest('hex').slice(0, 12))
  })

  it('keeps working after the configured secret was overwritten', () => {
    const root = Uint8Array.from(roots.one)
    const chainKey = new HmacChainKey(root)
    root.fill(0)
    expect(chainKey.seal('text')).toBe(new HmacChainKey(roots.one).seal('text'))
  })

  it('refuses a secret of less than 32 bytes', () => {
    expect(() => new HmacChainKey(new Uint8Array(31))).toThrow(RangeError)
  })
})
