import type { Scope } from '@ac/kernel'
import { InsufficientScope, TokenRejected } from '@ac/token-validation'
import { describe, expect, it } from '@jest/globals'
import { NoBearerToken, SecondBearerToken } from '../bearer/bearer-errors.ts'
import { ANSWERS, type Answer } from './answers.ts'
import { challenge } from './challenges.ts'
import { NoClientCredentials } from './request-errors.ts'

const REALM = 'https://ac.example'

const challengeTo = (error: Error & { readonly code: keyof typeof ANSWERS }): string => {
  const answer: Answer = ANSWERS[error.code]
  return challenge(answer.challenge ?? 'basic', REALM, answer.error, error)
}

describe('the challenge', () => {
  it.each([
    ['to a client without proof', new NoClientCredentials(), `Basic realm="${REALM}"`],
    ['to a caller without a token has no error', new NoBearerToken(), `Bearer realm="${REALM}"`],
    [
      'to a bearer of an invalid token',
      new TokenRejected('expired'),
      `Bearer realm="${REALM}", error="invalid_token", error_description="the access token is not valid"`,
    ],
    [
      'to a bearer without the scope names those that would do',
      new InsufficientScope(['admin:services', 'service.rotate-keys.ac'] as readonly string[] as readonly Scope[]),
      `Bearer realm="${REALM}", error="insufficient_scope", ` +
        'error_description="the access token does not carry the scope that this needs", ' +
        'scope="admin:services service.rotate-keys.ac"',
    ],
    [
      'to a caller with two tokens',
      new SecondBearerToken(),
      `Bearer realm="${REALM}", error="invalid_request", ` +
        'error_description="the request uses more than one method for including an access token"',
    ],
  ])('%s', (_, error, expected) => {
    expect(challengeTo(error)).toBe(expected)
  })

  it('does not say why a token is not valid', () => {
    const reasons = ['expired', 'revoked', 'malformed', 'wrong_audience', 'disabled_client'] as const
    expect(new Set(reasons.map((reason) => challengeTo(new TokenRejected(reason)))).size).toBe(1)
  })
})
