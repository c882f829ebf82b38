import { describe, expect, it } from '@jest/globals'
import { pooledRandomBytes } from './pooled-random-bytes.ts'

describe('pooledRandomBytes', () => {
  it('gives 100,000 times 16 bytes without a repetition', () => {
    const seen = new Set<string>()
    for (let call = 0; call < 100_000; call++) seen.add(Buffer.from(pooledRandomBytes(16)).toString('latin1'))
    expect(seen.size).toBe(100_000)
  })
})
