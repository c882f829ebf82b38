import { describe, expect, it } from '@jest/globals'
import { clientId, Overloaded, Unavailable, type Scope } from '@ac/kernel'
import { aValidToken } from './testing/a-valid-token.ts'
import { TokenIntrospector, type Inquirer } from './token-introspector.ts'
import { TokenRejected, type TokenRejectionReason } from './token-rejected.ts'
import type { ValidToken } from './valid-token.ts'

const VALID = aValidToken()
const OWNER: Inquirer = { id: VALID.clientId, scopes: [], resourceIds: [] }
const STRANGER: Inquirer = { id: clientId('svc_stranger'), scopes: [], resourceIds: [] }

const introspecting = (outcome: ValidToken | Error, inquirer: Inquirer) => {
  const verify = async (): Promise<ValidToken> => {
    if (outcome instanceof Error) throw outcome
    return outcome
  }
  return new TokenIntrospector({ verifier: { verify } }).introspect(inquirer, 'token')
}

const holding = (...scopes: readonly string[]): Inquirer => ({
  ...STRANGER,
  scopes: scopes as readonly Scope[],
})

describe('TokenIntrospector', () => {
  it.each([
    ['the client that it was issued to', OWNER],
    ['a client that answers for its audience', { ...STRANGER, resourceIds: ['urn:other', VALID.audience] }],
    ['a holder of introspect:any', holding('meetings.read', 'introspect:any')],
  ])('tells %s what a valid token says', async (_, inquirer) => {
    expect(await introspecting(VALID, inquirer)).toBe(VALID)
  })

  it.each([
    ['any other client', STRANGER],
    ['a client that answers for another audience', { ...STRANGER, resourceIds: ['urn:other'] }],
    ['a client that answers for what its audience begins with', { ...STRANGER, resourceIds: ['urn:ac'] }],
    ['a client that answers for its audience in capitals', { ...STRANGER, resourceIds: ['URN:AC:PLATFORM'] }],
    ['an administrator', holding('admin:services', 'introspect:anyone')],
    ['a holder of the same scopes', holding(...VALID.scopes)],
  ])('tells %s nothing', async (_, inquirer) => {
    expect(await introspecting(VALID, inquirer)).toBeUndefined()
  })

  it('tells nobody anything of a token that is not valid, whatever the reason', async () => {
    const reasons: readonly TokenRejectionReason[] = ['malformed', 'expired', 'revoked', 'disabled_client']
    for (const inquirer of [OWNER, STRANGER, holding('introspect:any')]) {
      for (const reason of reasons) {
        expect(await introspecting(new TokenRejected(reason), inquirer)).toBeUndefined()
      }
    }
  })

  it.each([new Unavailable('database'), new Overloaded('token states'), new Error('anything else')])(
    'does not call a token inactive because of: %s',
    async (failure) => {
      await expect(introspecting(failure, OWNER)).rejects.toBe(failure)
    },
  )
})
