import { describe, expect, it } from '@jest/globals'
import { InvalidRequest, NoClientCredentials } from '../errors/request-errors.ts'
import { readClientCredentials } from './client-credentials.ts'

const BASIC = `Basic ${btoa('id:basic-secret')}`

const read = (authorization: string | undefined, form: Record<string, string>) => {
  const { clientId, secret } = readClientCredentials(authorization, new Map(Object.entries(form)))
  return [clientId, secret.reveal()]
}

const ID = { client_id: 'id' }
const OTHER_ID = { client_id: 'other' }
const SECRET = { client_secret: 'post-secret' }
const ASSERTION = { client_assertion: 'jwt' }
const ASSERTION_TYPE = { client_assertion_type: 'urn:type' }

describe('readClientCredentials', () => {
  it.each<[string, string | undefined, Record<string, string>, string[]]>([
    ['Basic alone', BASIC, {}, ['id', 'basic-secret']],
    ['Basic with the same id in the form', BASIC, ID, ['id', 'basic-secret']],
    ['id and secret in the form', undefined, { ...ID, ...SECRET }, ['id', 'post-secret']],
  ])('takes %s', (_case, authorization, form, expected) => {
    expect(read(authorization, form)).toEqual(expected)
  })

  it.each<[string, string | undefined, Record<string, string>]>([
    ['Basic and a secret', BASIC, SECRET],
    ['Basic and a whole form', BASIC, { ...ID, ...SECRET }],
    ['Basic and an assertion', BASIC, ASSERTION],
    ['Basic and the type of an assertion', BASIC, ASSERTION_TYPE],
    ['a secret and an assertion', undefined, { ...ID, ...SECRET, ...ASSERTION }],
    ['a secret and the type of an assertion', undefined, { ...ID, ...SECRET, ...ASSERTION_TYPE }],
    ['all three', BASIC, { ...ID, ...SECRET, ...ASSERTION, ...ASSERTION_TYPE }],
    ['another scheme and a secret', 'Bearer x', { ...ID, ...SECRET }],
    ['an empty header and a secret', '', { ...ID, ...SECRET }],
    ['Basic with another id in the form', BASIC, OTHER_ID],
  ])('calls %s an invalid request', (_case, authorization, form) => {
    expect(() => read(authorization, form)).toThrow(InvalidRequest)
  })

  it.each<[string, string | undefined, Record<string, string>]>([
    ['nothing', undefined, {}],
    ['an id alone', undefined, ID],
    ['a secret alone', undefined, SECRET],
    ['an assertion alone', undefined, { ...ASSERTION, ...ASSERTION_TYPE }],
    ['an id and an assertion', undefined, { ...ID, ...ASSERTION, ...ASSERTION_TYPE }],
    ['another scheme', 'Bearer x', {}],
    ['another scheme and an id', 'Bearer x', ID],
    ['an empty header', '', {}],
    ['a broken header', 'Basic x', {}],
    ['a broken header and another id', 'Basic x', OTHER_ID],
  ])('finds no credentials in %s', (_case, authorization, form) => {
    expect(() => read(authorization, form)).toThrow(NoClientCredentials)
  })
})
