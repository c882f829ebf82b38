import { describe, expect, it } from '@jest/globals'
import { ANSWERS, FRAMEWORK_ANSWERS, MALFORMED, UNFORESEEN, type Answer } from './answers.ts'

const all: readonly [string, Answer][] = [
  ...Object.entries(ANSWERS),
  ...Object.entries(FRAMEWORK_ANSWERS),
  ['malformed', MALFORMED],
  ['unforeseen', UNFORESEEN],
]

describe.each(all)('the answer to %s', (_code, answer) => {
  it('has a challenge when it is 401 (RFC 9110 section 15.5.2), and else only where a bearer token does not do', () => {
    if (answer.status === 401) expect(answer.challenge).toBeDefined()
    else expect([undefined, 'bearer']).toContain(answer.challenge)
  })

  it('says when to come back, in whole seconds, exactly when it is 429 or 503', () => {
    expect(answer.retryAfterSeconds !== undefined).toBe([429, 503].includes(answer.status))
    if (answer.retryAfterSeconds !== undefined) expect(Number.isInteger(answer.retryAfterSeconds)).toBe(true)
  })

  it('has a code and a description of the characters that RFC 6749 section 5.2 allows', () => {
    expect(answer.error).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/)
    expect(answer.description ?? '').toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]*$/)
  })
})

describe('the answers', () => {
  it('do not tell a client that proved nothing from one that did not try', () => {
    expect(ANSWERS.client_rejected).toEqual(ANSWERS.no_client_credentials)
  })

  it('are 400 for every error of OAuth but invalid_client', () => {
    const oauth = ['invalid_request', 'invalid_scope', 'invalid_target', 'unsupported_grant_type'] as const
    for (const code of oauth) expect(ANSWERS[code]).toEqual({ status: 400, error: code })
  })

  it('give each status of the framework to itself', () => {
    for (const [status, answer] of Object.entries(FRAMEWORK_ANSWERS)) expect(answer.status).toBe(Number(status))
  })
})
