import { describe, expect, it } from '@jest/globals'
import { visible } from './visible.ts'

describe('visible', () => {
  it('leaves what prints as it is', () => {
    expect(visible('Médiá handler 7 — 会議 🚀 \\x')).toBe('Médiá handler 7 — 会議 🚀 \\x')
  })

  it.each([
    ['an escape sequence', '\u001b[31mred', '\\u{1b}[31mred'],
    ['a line feed', 'one\ntwo', 'one\\u{a}two'],
    ['an eight-bit control', '\u009b2J', '\\u{9b}2J'],
    ['a right-to-left override', 'a\u202eb', 'a\\u{202e}b'],
    ['a tag outside the basic plane', 'a\u{e0041}', 'a\\u{e0041}'],
    ['half a surrogate pair', 'a\ud800', 'a\\u{d800}'],
  ])('shows %s', (_, text, shown) => {
    expect(visible(text)).toBe(shown)
  })
})
