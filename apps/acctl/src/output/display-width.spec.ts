import { describe, expect, it } from '@jest/globals'
import { clip, displayWidth } from './display-width.ts'

describe('displayWidth', () => {
  it.each([
    ['media', 5],
    ['', 0],
    ['e\u0301', 1],
    ['会議', 4],
    ['ｱ', 1],
    ['한', 2],
    ['𠮷', 2],
    ['🚀', 2],
    ['👩‍🚀', 2],
  ])('counts the columns of %j', (text, columns) => {
    expect(displayWidth(text)).toBe(columns)
  })
})

describe('clip', () => {
  it('leaves alone what fits', () => {
    expect(clip('media', 5)).toBe('media')
  })

  it('ends with an ellipsis what does not', () => {
    expect(clip('media handler', 8)).toBe('media h…')
  })

  it('never cuts a wide character in half', () => {
    expect(clip('会議会議', 6)).toBe('会議…')
    expect(displayWidth(clip('会議会議', 6))).toBeLessThanOrEqual(6)
  })
})
