import { inspect } from 'node:util'
import { describe, expect, it } from '@jest/globals'
import { keyId } from '@ac/kernel'
import { VerifiedTokens } from './verified-tokens.ts'

const saying = (word: string) => ({ keyId: keyId('k'), claims: word })

describe('VerifiedTokens', () => {
  it('knows what it was told, and nothing else', () => {
    const tokens = new VerifiedTokens(2)
    tokens.add('a', saying('a'))
    expect([tokens.find('a'), tokens.find('A'), tokens.find('a '), tokens.find('')]).toEqual([
      saying('a'),
      undefined,
      undefined,
      undefined,
    ])
  })

  it('forgets the one that was not asked for the longest', () => {
    const tokens = new VerifiedTokens(3)
    for (const token of ['a', 'b', 'c']) tokens.add(token, saying(token))
    tokens.find('a')
    tokens.add('d', saying('d'))
    expect(['a', 'b', 'c', 'd'].map((token) => tokens.find(token)?.claims)).toEqual(['a', undefined, 'c', 'd'])
  })

  it('counts a token once, however often it was added', () => {
    const tokens = new VerifiedTokens(2)
    for (const token of ['a', 'b', 'b', 'b']) tokens.add(token, saying(token))
    expect(tokens.find('a')).toEqual(saying('a'))
  })

  it('remembers nothing when it may remember nothing', () => {
    const tokens = new VerifiedTokens(0)
    tokens.add('a', saying('a'))
    expect(tokens.find('a')).toBeUndefined()
  })

  it('holds no token', () => {
    const tokens = new VerifiedTokens(1)
    tokens.add('eyJhbGciOiJFZERTQSJ9', saying('a'))
    expect(inspect(tokens, { showHidden: true, depth: 9 })).not.toContain('eyJ')
  })
})
