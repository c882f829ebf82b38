import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { generateClientSecret, isClientSecret } from './client-secret-format.ts'
import { seededRandomBytes } from './testing/seeded-random-bytes.ts'

const secretText = fc.integer().map((seed) => generateClientSecret(seededRandomBytes(seed)).reveal())

describe('A client secret', () => {
  it('is acs_, 43 random characters and 6 of checksum, and is recognised', () => {
    fc.assert(
      fc.property(secretText, (text) => {
        expect(text).toMatch(/^acs_[0-9A-Za-z]{49}$/)
        expect(isClientSecret(text)).toBe(true)
      }),
    )
  })

  it('needs no escaping in a form, in a URL or in Basic', () => {
    fc.assert(
      fc.property(secretText, (text) => {
        expect(encodeURIComponent(text)).toBe(text)
        expect(text).not.toContain(':')
      }),
    )
  })

  it('is not recognised once any one character is another', () => {
    fc.assert(
      fc.property(secretText, fc.nat({ max: 52 }), fc.string({ minLength: 1, maxLength: 1 }), (text, at, other) => {
        fc.pre(text[at] !== other)
        expect(isClientSecret(text.slice(0, at) + other + text.slice(at + 1))).toBe(false)
      }),
      { numRuns: 500 },
    )
  })

  it('is not recognised once two neighbours have changed places', () => {
    fc.assert(
      fc.property(secretText, fc.nat({ max: 51 }), (text, at) => {
        const [one, other] = [text.charAt(at), text.charAt(at + 1)]
        fc.pre(one !== other)
        expect(isClientSecret(text.slice(0, at) + other + one + text.slice(at + 2))).toBe(false)
      }),
    )
  })

  it('is not recognised with anything before, after or missing', () => {
    fc.assert(
      fc.property(secretText, (text) => {
        const near = [` ${text}`, `${text} `, `${text}\n`, `${text}0`, text.slice(1), text.slice(0, -1), text + text]
        for (const other of near) expect(isClientSecret(other)).toBe(false)
      }),
    )
  })

  it('is nothing that just happens to be text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => expect(isClientSecret(text)).toBe(false)))
  })

  it('is another for other random bytes', () => {
    const randomBytes = seededRandomBytes()
    const texts = Array.from({ length: 1000 }, () => generateClientSecret(randomBytes).reveal())
    expect(new Set(texts).size).toBe(1000)
  })
})
