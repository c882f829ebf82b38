import { describe, expect, it } from '@jest/globals'
import { argon2idCostOf, isBearable } from './argon2id-phc.ts'

const SALT_AND_TAG = '$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4'

describe('argon2idCostOf', () => {
  it('reads the parameters of an argon2id hash', () => {
    expect(argon2idCostOf(`$argon2id$v=19$m=19456,t=2,p=1${SALT_AND_TAG}`)).toEqual({
      memoryKiB: 19_456,
      iterations: 2,
      parallelism: 1,
    })
  })

  it.each([
    ['another function', `$argon2i$v=19$m=256,t=2,p=1${SALT_AND_TAG}`],
    ['an older version', `$argon2id$v=16$m=256,t=2,p=1${SALT_AND_TAG}`],
    ['no version', `$argon2id$m=256,t=2,p=1${SALT_AND_TAG}`],
    ['another order of parameters', `$argon2id$v=19$m=256,p=1,t=2${SALT_AND_TAG}`],
    ['a parameter too many', `$argon2id$v=19$m=256,t=2,p=1,data=AAAA${SALT_AND_TAG}`],
    ['a negative parameter', `$argon2id$v=19$m=256,t=-2,p=1${SALT_AND_TAG}`],
    ['a number of too many digits', `$argon2id$v=19$m=4294967297,t=2,p=1${SALT_AND_TAG}`],
    ['no tag', '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$'],
    ['a tag that can be guessed', '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EA'],
    ['a huge salt', `$argon2id$v=19$m=256,t=2,p=1$${'A'.repeat(87)}$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4`],
    ['a line break at its end', `$argon2id$v=19$m=256,t=2,p=1${SALT_AND_TAG}\n`],
  ])('takes a text with %s for no argon2id hash', (_, text) => {
    expect(argon2idCostOf(text)).toBeUndefined()
  })
})

describe('isBearable', () => {
  it.each([
    [19_456, 2, 1, true],
    [65_536, 10, 4, true],
    [8, 1, 1, true],
    [65_537, 2, 1, false],
    [19_456, 11, 1, false],
    [19_456, 2, 5, false],
    [15, 2, 2, false],
    [19_456, 0, 1, false],
    [19_456, 2, 0, false],
    [19_456.5, 2, 1, false],
    [Number.NaN, 2, 1, false],
  ])('of %d KiB, %d passes and %d lanes is %s', (memoryKiB, iterations, parallelism, expected) => {
    expect(isBearable({ memoryKiB, iterations, parallelism })).toBe(expected)
  })
})
