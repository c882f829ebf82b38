import { describe, expect, it } from '@jest/globals'
import type { FastifyRequest } from 'fastify'
import { InvalidRequest } from '../errors/request-errors.ts'
import { readQuery, refuseQuery } from './read-query.ts'

const read = (url: string, ...known: readonly string[]) =>
  Object.fromEntries(readQuery({ raw: { url } } as unknown as FastifyRequest, known))

describe('readQuery', () => {
  it('gives the parameters that the handler knows, decoded once', () => {
    expect(read('/a')).toEqual({})
    expect(read('/a?')).toEqual({})
    expect(read('/a?limit=1&cursor=a%2Bb+c?d=%2541', 'limit', 'cursor')).toEqual({ limit: '1', cursor: 'a+b c?d=%41' })
  })

  it.each([
    'x=1',
    'x',
    'x=',
    'Limit=1',
    'limit[]=1',
    'limit%00=1',
    'limit=1&limit=2',
    'limit=1&l%69mit=2',
    'limit=%',
    '__proto__=1',
  ])('refuses %j', (query) => {
    expect(() => read(`/a?${query}`, 'limit')).toThrow(InvalidRequest)
  })

  it('says which parameters there are, and not which one was sent', () => {
    expect(() => read('/a?marker=1', 'limit', 'cursor')).toThrow(/^the query parameters here are: limit, cursor$/)
    const refused = { raw: { url: '/a?marker=1' } } as unknown as FastifyRequest
    expect(() => refuseQuery(refused)).toThrow(/^the query parameters here are: none$/)
  })
})
