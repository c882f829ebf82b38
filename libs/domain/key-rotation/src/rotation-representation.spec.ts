import { describe, expect, it } from '@jest/globals'
import { keyId } from '@ac/kernel'
import { representRotation } from './rotation-representation.ts'

const [newKeyId, oldKeyId] = [keyId('new'), keyId('old')]

describe('representRotation', () => {
  it('names both keys and when the old one ends, and nothing else', () => {
    const oldKeyValidUntil = new Date('2026-01-08T00:00:00.500Z')
    expect(representRotation({ newKeyId, oldKeyId, oldKeyValidUntil })).toStrictEqual({
      rotated: true,
      new_key_id: 'new',
      old_key_id: 'old',
      old_key_valid_until: '2026-01-08T00:00:00.500Z',
    })
  })

  it('writes null where no key signed before', () => {
    const rotation = { newKeyId, oldKeyId: undefined, oldKeyValidUntil: undefined }
    expect(representRotation(rotation)).toMatchObject({ old_key_id: null, old_key_valid_until: null })
  })
})
