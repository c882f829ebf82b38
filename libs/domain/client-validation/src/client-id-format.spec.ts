import { describe, expect, it } from '@jest/globals'
import { generateClientId, parseClientId } from './client-id-format.ts'
import { seededRandomBytes } from './testing/seeded-random-bytes.ts'

describe('A client id', () => {
  it('is svc_ and 22 random characters, and is recognised', () => {
    const randomBytes = seededRandomBytes()
    const ids = Array.from({ length: 1000 }, () => generateClientId(randomBytes))
    expect(new Set(ids).size).toBe(1000)
    for (const id of ids) {
      expect(id).toMatch(/^svc_[0-9A-Za-z]{22}$/)
      expect(parseClientId(id)).toBe(id)
    }
  })

  it.each([
    '',
    'svc_',
    `svc_${'a'.repeat(21)}`,
    `svc_${'a'.repeat(23)}`,
    `SVC_${'a'.repeat(22)}`,
    `svc_${'a'.repeat(22)}\n`,
  ])('is not %j', (text) => {
    expect(parseClientId(text)).toBeUndefined()
  })
})
