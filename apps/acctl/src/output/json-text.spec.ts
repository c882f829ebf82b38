import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { jsonText } from './json-text.ts'

describe('jsonText', () => {
  it('reads back as what was written, and every character of it prints', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(0, 2), (name, indent) => {
        const text = jsonText({ name }, indent)
        expect(JSON.parse(text)).toEqual({ name })
        expect(text.replace(/\n/g, '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
      }),
    )
  })

  it('escapes what JSON allows and a terminal obeys', () => {
    expect(jsonText({ name: '\u009b2J\u202e\u{e0041}' })).toBe('{"name":"\\u009b2J\\u202e\\udb40\\udc41"}')
  })
})
