import { beforeAll, describe, expect, it } from '@jest/globals'
import { decodeJwt } from 'jose'
import type { RegisteredClient } from './registered-client.ts'
import { useService } from './running-service.ts'
import { useServiceDatabase } from './service-database.ts'
import { ISSUER } from './service-environment.ts'
import { basic, post, requestToken } from './token-request.ts'

const GC = 'https://gc.test/api'
const MH = 'urn:ac:media-handler'
const PLATFORM = 'urn:ac:platform'

const database = useServiceDatabase()
const service = useService(() => database().url)

/** Clients by what they may ask for. */
const clients: Record<string, RegisteredClient> = {}
beforeAll(async () => {
  clients['other'] = await database().register({ scope: 'b a', audiences: [GC, MH] })
  clients['own'] = await database().register({ scope: 'admin:services introspect:any' })
  clients['both'] = await database().register({ scope: 'a admin:services b', audiences: [GC] })
  clients['callsIssuer'] = await database().register({ scope: 'a admin:services', audiences: [ISSUER] })
})

const ask = (name: string, parameters: Record<string, string>) => {
  const client = clients[name]
  if (!client) throw new Error('there is no such client')
  return requestToken(service().api, client, { parameters })
}

describe('a token request is granted', () => {
  it.each([
    ['all scopes when none is named', 'other', {}, PLATFORM, 'b a'],
    ['an empty scope like none', 'other', { scope: '' }, PLATFORM, 'b a'],
    ['an empty resource like none', 'other', { resource: '' }, PLATFORM, 'b a'],
    ['the scopes that are named, in that order', 'other', { scope: 'a b' }, PLATFORM, 'a b'],
    ['a repeated scope once', 'other', { scope: 'a a' }, PLATFORM, 'a'],
    ['one scope', 'other', { scope: 'a' }, PLATFORM, 'a'],
    ['a registered resource', 'other', { resource: GC }, GC, 'b a'],
    ['another registered resource with a scope', 'other', { resource: MH, scope: 'a' }, MH, 'a'],
    ['own scopes at the issuer, without being asked', 'own', {}, ISSUER, 'admin:services introspect:any'],
    ['an own scope by name', 'own', { scope: 'introspect:any' }, ISSUER, 'introspect:any'],
    ['own scopes at the issuer as the resource', 'own', { resource: ISSUER }, ISSUER, 'admin:services introspect:any'],
    ['the other scopes of a client that has both', 'both', { scope: 'a b' }, PLATFORM, 'a b'],
    ['the own scopes of a client that has both', 'both', { scope: 'admin:services' }, ISSUER, 'admin:services'],
    ['what lives at the issuer as the resource', 'both', { resource: ISSUER }, ISSUER, 'admin:services'],
    ['what lives at another resource', 'both', { resource: GC }, GC, 'a b'],
  ])('%s', async (_case, name, parameters, audience, scope) => {
    const { status, json } = await ask(name, parameters)
    expect({ status, scope: json['scope'] }).toEqual({ status: 200, scope })
    expect(decodeJwt(json['access_token'] as string)).toMatchObject({ aud: audience, scope })
  })
})

describe('a token request is refused', () => {
  it.each([
    ['a scope that is not registered', 'other', { scope: 'c' }, 'invalid_scope'],
    ['one scope too many', 'other', { scope: 'a c' }, 'invalid_scope'],
    ['a scope in other case', 'other', { scope: 'A' }, 'invalid_scope'],
    ['an own scope that is not registered', 'other', { scope: 'admin:services' }, 'invalid_scope'],
    ['two spaces between scopes', 'other', { scope: 'a  b' }, 'invalid_scope'],
    ['a space at the end', 'other', { scope: 'a ' }, 'invalid_scope'],
    ['a quotation mark in a scope', 'other', { scope: 'a"' }, 'invalid_scope'],
    ['letters beyond ASCII in a scope', 'other', { scope: 'ä' }, 'invalid_scope'],
    ['a scope of more than 4096 characters', 'other', { scope: 'a '.repeat(2048) + 'ab' }, 'invalid_scope'],
    ['own and other scopes in one token', 'both', { scope: 'a admin:services' }, 'invalid_target'],
    ['an own scope at another resource', 'both', { scope: 'admin:services', resource: GC }, 'invalid_target'],
    ['another scope at the issuer', 'both', { scope: 'a', resource: ISSUER }, 'invalid_target'],
    [
      'another scope at the issuer, even if registered as an audience',
      'callsIssuer',
      { scope: 'a', resource: ISSUER },
      'invalid_target',
    ],
    ['a resource that is not registered', 'other', { resource: 'https://mc.test/' }, 'invalid_target'],
    ['the issuer without any scope that lives there', 'other', { resource: ISSUER }, 'invalid_scope'],
    ['a resource that differs by a slash', 'other', { resource: `${GC}/` }, 'invalid_target'],
    ['a resource that differs by case', 'other', { resource: 'https://GC.test/api' }, 'invalid_target'],
    ['a resource that is no URI', 'other', { resource: 'gc' }, 'invalid_target'],
  ])('%s', async (_case, name, parameters, error) => {
    const { status, json, headers } = await ask(name, parameters)
    expect({ status, error: json['error'] }).toEqual({ status: 400, error })
    expect(Object.keys(json)).toEqual(['error', 'error_description'])
    expect(headers.get('www-authenticate')).toBeNull()
    expect(headers.get('cache-control')).toBe('no-store')
  })

  it('two resources', async () => {
    const form = `grant_type=client_credentials&resource=${encodeURIComponent(GC)}&resource=${encodeURIComponent(MH)}`
    const client = clients['other'] as RegisteredClient
    const { status, json } = await post(service().api, form, { authorization: basic(client) })
    expect({ status, error: json['error'] }).toEqual({ status: 400, error: 'invalid_request' })
  })
})
