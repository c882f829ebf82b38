import { describe, expect, it } from '@jest/globals'
import { base64url } from './base64url.ts'

describe('base64url', () => {
  it.each([
    ['', ''],
    ['f', 'Zg'],
    ['fo', 'Zm8'],
    ['foo', 'Zm9v'],
    ['foob', 'Zm9vYg'],
    ['fooba', 'Zm9vYmE'],
    ['foobar', 'Zm9vYmFy'],
    ['\u00fb\u00ff%41\u{1f3a5}', 'w7vDvyU0MfCfjqU'],
    ['>>>???', 'Pj4-Pz8_'],
  ])('writes %j as %j', (text, encoded) => {
    expect(base64url(text)).toBe(encoded)
  })
})
