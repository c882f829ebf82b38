import { describe, expect, it } from '@jest/globals'
import { SealedKeyRejected } from '@ac/key-rotation'
import fc from 'fast-check'
import { envelopeHeader, parseEnvelope } from './sealed-key-envelope.ts'

const envelope = (ciphertextLength: number): Uint8Array =>
  Uint8Array.from({ length: 38 + ciphertextLength }, (_, index) => [0xac, 1][index] ?? index % 256)

const malformed = expect.objectContaining({ code: 'sealed_key_rejected', fault: 'malformed' })

/** `sealed` as its parts give it, or the error that taking it apart throws. */
function putTogetherAgain(sealed: Uint8Array): unknown {
  try {
    const { header, nonce, ciphertext, tag } = parseEnvelope(sealed)
    return Uint8Array.of(...header, ...nonce, ...ciphertext, ...tag)
  } catch (error) {
    return error
  }
}

describe('parseEnvelope', () => {
  it('finds header, master key id, nonce, ciphertext and tag where the layout has them', () => {
    const sealed = envelope(3)
    expect(parseEnvelope(sealed)).toEqual({
      header: sealed.subarray(0, 10),
      masterKeyId: '0203040506070809',
      nonce: sealed.subarray(10, 22),
      ciphertext: sealed.subarray(22, 25),
      tag: sealed.subarray(25, 41),
    })
  })

  it('takes ciphertexts of 1 to 8192 bytes', () => {
    expect([1, 8192].map((length) => parseEnvelope(envelope(length)).ciphertext.length)).toEqual([1, 8192])
    for (const length of [0, 8193]) expect(() => parseEnvelope(envelope(length))).toThrow(malformed)
  })

  it('refuses every other kind and every other version', () => {
    for (const at of [0, 1]) {
      for (let byte = 0; byte < 256; byte++) {
        const sealed = envelope(3)
        if (sealed[at] === byte) continue
        sealed[at] = byte
        expect(() => parseEnvelope(sealed)).toThrow(malformed)
      }
    }
  })

  it('refuses what is shorter than its fixed parts, down to nothing', () => {
    for (let length = 0; length <= 38; length++) {
      expect(() => parseEnvelope(envelope(3).subarray(0, length))).toThrow(malformed)
    }
  })

  it('either takes all of any bytes apart or refuses them', () => {
    const anything = fc.tuple(fc.constantFrom([], [0xac], [0xac, 1]), fc.uint8Array({ maxLength: 200 }))
    fc.assert(
      fc.property(anything, ([start, rest]) => {
        const sealed = Uint8Array.of(...start, ...rest)
        expect([sealed, new SealedKeyRejected('malformed')]).toContainEqual(putTogetherAgain(sealed))
      }),
    )
  })
})

describe('envelopeHeader', () => {
  it('is the start of an envelope under that master key', () => {
    const header = envelopeHeader('0203040506070809')
    expect([...header]).toEqual([0xac, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  })
})
