import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { ChainKey } from '../ports/chain-key.ts'

/** What every {@link ChainKey} promises. `create` makes one of a root; each of one root is the same key. */
export function chainKeyContract(name: string, create: (root: 'one' | 'other') => ChainKey): void {
  describe(`${name} keeps the ChainKey contract`, () => {
    it('has an id of 12 hexadecimal digits that tells roots apart', () => {
      expect(create('one').id).toMatch(/^[0-9a-f]{12}$/)
      expect(create('one').id).toBe(create('one').id)
      expect(create('one').id).not.toBe(create('other').id)
    })

    it('seals the same text alike wherever the root is the same, as 64 hexadecimal digits', () => {
      expect(create('one').seal('text')).toMatch(/^[0-9a-f]{64}$/)
      expect(create('one').seal('text')).toBe(create('one').seal('text'))
      expect(create('one').seal('text')).not.toBe(create('other').seal('text'))
    })

    it('seals no two texts alike', () => {
      const key = create('one')
      const text = fc.string({ unit: 'binary', maxLength: 40 }).filter((value) => value.isWellFormed())
      fc.assert(
        fc.property(text, text, (one, other) => {
          fc.pre(one !== other)
          expect(key.seal(one)).not.toBe(key.seal(other))
        }),
      )
    })
  })
}
