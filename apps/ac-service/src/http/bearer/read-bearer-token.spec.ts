import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from '@jest/globals'
import { readBearerToken } from './read-bearer-token.ts'

const read = (authorization: string | undefined, url = '/api/v1/admin/clients') =>
  readBearerToken({
    raw: { url } as IncomingMessage,
    headers: authorization === undefined ? {} : { authorization },
  })

const failing = (authorization: string | undefined, url?: string): unknown => {
  try {
    return read(authorization, url)
  } catch (error) {
    return (error as { readonly code: string }).code
  }
}

describe('readBearerToken', () => {
  it.each([
    ['Bearer abc.def.ghi', 'abc.def.ghi'],
    ['bearer abc', 'abc'],
    ['BEARER abc', 'abc'],
    ['Bearer   abc', 'abc'],
    ['Bearer azAZ09-._~+/==', 'azAZ09-._~+/=='],
  ])('reads %j', (header, token) => {
    expect(read(header)).toBe(token)
  })

  it.each([
    undefined,
    '',
    'Basic YTpi',
    'basic bearer',
    'Bearerabc',
    'Bearer\tabc',
    'BearerX abc',
    'Token abc',
    'abc.def.ghi',
    ' Bearer abc',
    'DPoP abc',
  ])('finds no bearer token in %j', (header) => {
    expect(failing(header)).toBe('no_bearer_token')
  })

  it.each([
    'Bearer',
    'Bearer ',
    'Bearer =',
    'Bearer a b',
    'Bearer a,b',
    'Bearer a, Bearer b',
    'Bearer "a"',
    'Bearer a=b',
    'Bearer a==b',
    'Bearer \u00e4',
    'Bearer a\0',
    'Bearer a\n',
    'Bearer <a>',
    'Bearer token="a"',
    'Bearer a%20b',
  ])('takes no part of %j for a token', (header) => {
    expect(failing(header)).toBe('token_rejected')
  })

  it.each(['/x?access_token=abc', '/x?a=b&access_token=abc', '/x?access_token', '/x?access_token&a=b'])(
    'finds no token in the query of %s, and refuses one besides the header',
    (url) => {
      expect(failing(undefined, url)).toBe('no_bearer_token')
      expect(failing('Basic YTpi', url)).toBe('no_bearer_token')
      expect(failing('Bearer abc', url)).toBe('second_bearer_token')
    },
  )

  it.each(['/x?my_access_token=abc', '/x?access_tokens=abc', '/access_token=abc', '/x?a=access_token'])(
    'is not led astray by %s',
    (url) => {
      expect(read('Bearer abc', url)).toBe('abc')
    },
  )
})
