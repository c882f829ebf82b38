import { describe, expect, it } from '@jest/globals'
import { DomainError, type Scope } from '@ac/kernel'
import fc from 'fast-check'
import { decideGrant, type Grant, type RequestedGrant } from './decide-grant.ts'
import { isOwnScope, OWN_SCOPES } from './own-scopes.ts'
import { aGrantee } from './testing/a-grantee.ts'

const AUDIENCES = { issuer: 'https://ac.example', fallback: 'urn:ac:platform' }
const REGISTERED = 'https://meetings.example'

const OWN = ['introspect:any', 'admin:services']
const OTHERS = ['b', 'a']
const CLIENTS = { own: OWN, others: OTHERS, both: ['b', 'introspect:any', 'admin:services', 'a'], none: [] }
const RESOURCES = { ...AUDIENCES, absent: undefined, registered: REGISTERED, unregistered: 'https://other.example' }
const SCOPES = {
  absent: undefined,
  own: 'admin:services',
  others: 'a b',
  mixed: 'a admin:services',
  tooMuch: 'a c',
  tooMuchOwn: 'service.rotate-keys.ac',
  malformed: 'a  b',
  empty: '',
}

const [T, S] = ['invalid_target', 'invalid_scope']

/** By client and `scope`: the audience, or the refusal, for each `resource`. */
const DECISIONS = [
  // client   scope          absent      issuer    fallback    registered
  ['own', 'absent', 'issuer', 'issuer', S, S],
  ['own', 'own', 'issuer', 'issuer', T, T],
  ['own', 'others', S, S, S, S],
  ['own', 'mixed', S, S, S, S],
  ['own', 'tooMuch', S, S, S, S],
  ['own', 'tooMuchOwn', S, S, S, S],
  ['own', 'malformed', S, S, S, S],
  ['own', 'empty', S, S, S, S],
  ['others', 'absent', 'fallback', S, 'fallback', 'registered'],
  ['others', 'own', S, S, S, S],
  ['others', 'others', 'fallback', T, 'fallback', 'registered'],
  ['others', 'mixed', S, S, S, S],
  ['others', 'tooMuch', S, S, S, S],
  ['others', 'tooMuchOwn', S, S, S, S],
  ['others', 'malformed', S, S, S, S],
  ['others', 'empty', S, S, S, S],
  ['both', 'absent', 'fallback', 'issuer', 'fallback', 'registered'],
  ['both', 'own', 'issuer', 'issuer', T, T],
  ['both', 'others', 'fallback', T, 'fallback', 'registered'],
  ['both', 'mixed', T, T, T, T],
  ['both', 'tooMuch', S, S, S, S],
  ['both', 'tooMuchOwn', S, S, S, S],
  ['both', 'malformed', S, S, S, S],
  ['both', 'empty', S, S, S, S],
  ['none', 'absent', S, S, S, S],
  ['none', 'own', S, S, S, S],
  ['none', 'others', S, S, S, S],
  ['none', 'mixed', S, S, S, S],
  ['none', 'tooMuch', S, S, S, S],
  ['none', 'tooMuchOwn', S, S, S, S],
  ['none', 'malformed', S, S, S, S],
  ['none', 'empty', S, S, S, S],
] as const

const CASES = DECISIONS.flatMap(([client, scope, absent, issuer, fallback, registered]) =>
  Object.entries({ absent, issuer, fallback, registered, unregistered: T }).map(
    ([resource, decision]) => ({ client, scope, resource, decision }) as const,
  ),
)

const decide = (scopes: readonly string[], requested: Partial<RequestedGrant>): Grant | string => {
  const client = aGrantee({ scopes: scopes as readonly Scope[], audiences: [REGISTERED] })
  try {
    return decideGrant(client, { scope: undefined, resource: undefined, ...requested }, AUDIENCES)
  } catch (error) {
    if (error instanceof DomainError) return error.code
    throw error
  }
}

describe('decideGrant', () => {
  it.each(CASES)('client with $client scopes, scope $scope, resource $resource: $decision', (given) => {
    const { client, scope, resource, decision } = given
    const audience = RESOURCES[decision as keyof typeof RESOURCES]
    const all = CLIENTS[client].filter((each) => OWN.includes(each) === (decision === 'issuer'))
    const scopes = SCOPES[scope]?.split(' ') ?? all
    const answer = decide(CLIENTS[client], {
      scope: SCOPES[scope],
      resource: RESOURCES[resource as keyof typeof RESOURCES],
    })
    expect(answer).toEqual(audience === undefined ? decision : { audience, scopes })
  })

  it('covers every combination', () => {
    expect(CASES).toHaveLength(Object.keys(CLIENTS).length * Object.keys(SCOPES).length * Object.keys(RESOURCES).length)
    expect(new Set(CASES.map(({ client, scope, resource }) => [client, scope, resource].join())).size).toBe(
      CASES.length,
    )
  })

  it('grants a scope once that was asked for twice, in the order of the request', () => {
    expect(decide(CLIENTS.both, { scope: 'b a b' })).toMatchObject({ scopes: ['b', 'a'] })
  })

  it.each(OWN_SCOPES)('keeps %s to the issuer', (scope) => {
    expect(decide([scope, 'a'], { scope })).toEqual({ audience: AUDIENCES.issuer, scopes: [scope] })
    expect(decide([scope, 'a'], { scope, resource: REGISTERED })).toBe('invalid_target')
    expect(decide([scope, 'a'], { resource: REGISTERED })).toEqual({ audience: REGISTERED, scopes: ['a'] })
  })

  it.each(['', `${REGISTERED}/`, REGISTERED.toUpperCase(), ` ${REGISTERED}`, `${REGISTERED}#`, `${REGISTERED}:443`])(
    'takes %j for no resource of the client: it compares exact strings',
    (resource) => {
      expect(decide(CLIENTS.both, { resource })).toBe('invalid_target')
    },
  )

  it('refuses the resource before the scope, where both are wrong', () => {
    expect(decide(CLIENTS.both, { resource: 'urn:other', scope: '' })).toBe('invalid_target')
  })

  it('grants no scope that the client has not, none twice, and never both kinds', () => {
    const anyScope = fc.constantFrom(...OWN_SCOPES, 'a', 'b', 'c')
    const scopeList = fc.uniqueArray(anyScope)
    const scopeText = fc.option(
      fc.array(anyScope, { maxLength: 4 }).map((each) => each.join(' ')),
      { nil: undefined },
    )
    const resource = fc.constantFrom(...Object.values(RESOURCES))
    fc.assert(
      fc.property(scopeList, scopeText, resource, (scopes, scope, wanted) => {
        const grant = decide(scopes, { scope, resource: wanted })
        fc.pre(typeof grant !== 'string')
        expect(grant.audience).toBe(wanted ?? grant.audience)
        expect(grant.scopes.length).toBeGreaterThan(0)
        expect(new Set(grant.scopes).size).toBe(grant.scopes.length)
        for (const granted of grant.scopes) {
          expect(scopes).toContain(granted)
          expect(isOwnScope(granted)).toBe(grant.audience === AUDIENCES.issuer)
        }
      }),
    )
  })
})
