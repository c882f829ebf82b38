import { describe, expect, it } from '@jest/globals'
import { representSigningKey } from './signing-key-representation.ts'
import { aSigningKey } from './testing/a-signing-key.ts'

describe('representSigningKey', () => {
  it('tells where the key stands in its life and by which algorithm it signs, and nothing of its material', () => {
    const key = aSigningKey({ status: 'retiring', retiresAt: new Date('2026-01-08T00:00:00.500Z') })
    expect(representSigningKey(key)).toEqual({
      kid: '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg',
      status: 'retiring',
      alg: 'EdDSA',
      created_at: '2026-01-01T00:00:00.000Z',
      activated_at: '2026-01-01T00:00:00.000Z',
      retires_at: '2026-01-08T00:00:00.500Z',
    })
  })

  it('writes null for what has not happened yet', () => {
    const key = aSigningKey({ status: 'next', activatedAt: undefined })
    expect(representSigningKey(key)).toMatchObject({ status: 'next', activated_at: null, retires_at: null })
  })
})
