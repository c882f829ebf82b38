import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { formatScope, MAX_SCOPE_LENGTH, parseScope, type Scope } from './scope.ts'

const scopeToken = fc
  .array(
    fc.integer({ min: 0x21, max: 0x7e }).filter((code) => code !== 0x22 && code !== 0x5c),
    {
      minLength: 1,
      maxLength: 30,
    },
  )
  .map((codes) => String.fromCharCode(...codes))

describe('parseScope', () => {
  it('reads back whatever formatScope wrote', () => {
    fc.assert(
      fc.property(fc.uniqueArray(scopeToken, { minLength: 1, maxLength: 20 }), (tokens) => {
        expect(parseScope(formatScope(tokens as Scope[]))).toEqual(tokens)
      }),
    )
  })

  it('never throws, and gives only tokens of the grammar, in what it was given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const parsed = parseScope(text)
        for (const token of parsed ?? []) {
          expect(token).toMatch(/^[!#-[\]-~]+$/)
          expect(text.split(' ')).toContain(token)
        }
      }),
    )
  })

  it('counts a repeated token once and keeps the order', () => {
    expect(parseScope('b a b')).toEqual(['b', 'a'])
  })

  it.each(['', ' ', 'a  b', ' a', 'a ', 'a\tb', 'a\nb', 'a"b', 'a\\b', 'ä', 'a\u00a0b', 'a\0b'])(
    'refuses %j',
    (text) => {
      expect(parseScope(text)).toBeUndefined()
    },
  )

  it('refuses a value that is too long to be meant', () => {
    expect(parseScope('a'.repeat(MAX_SCOPE_LENGTH))).toHaveLength(1)
    expect(parseScope('a'.repeat(MAX_SCOPE_LENGTH + 1))).toBeUndefined()
  })
})
