import { beforeAll, describe, expect, it } from '@jest/globals'
import { fastify } from 'fastify'
import { RouteTable } from './route-table.ts'

const table = new RouteTable()

beforeAll(() => {
  const server = fastify()
  table.watch(server)
  const answer = () => ''
  server.get('/plain', answer)
  server.post('/both', answer)
  server.delete('/both', answer)
  server.route({ method: ['PUT', 'PATCH'], url: '/listed', handler: answer })
  server.get('/clients/:id', answer)
  server.delete('/clients/:id/secret', answer)
})

describe('RouteTable', () => {
  it.each([
    ['a path', '/plain', 'GET, HEAD'],
    ['a path of two routes', '/both', 'DELETE, POST'],
    ['a route of two methods', '/listed', 'PATCH, PUT'],
    ['a path in absolute form', 'http://ac.test:8082/both?x', 'DELETE, POST'],
    ['a path with a query', '/both?a=/plain', 'DELETE, POST'],
    ['a path with an empty query', '/both?', 'DELETE, POST'],
    ['a path with a parameter', '/clients/svc_1', 'GET, HEAD'],
    ['a path with a parameter within', '/clients/svc_1/secret', 'DELETE'],
  ])('knows the methods of %s', (_case, target, methods) => {
    expect(table.methodsOf(target)).toBe(methods)
  })

  it.each([
    ['nothing', ''],
    ['the root', '/'],
    ['another path', '/other'],
    ['a path in other case', '/Plain'],
    ['a slash at the end', '/plain/'],
    ['a slash too many', '//plain'],
    ['a longer path', '/plain/more'],
    ['a shorter path', '/clients'],
    ['an empty parameter', '/clients/'],
    ['an empty parameter within', '/clients//secret'],
    ['the pattern of a query', '?/plain'],
    ['a property of every object', '/constructor'],
  ])('knows none for %s', (_case, target) => {
    expect(table.methodsOf(target)).toBe('')
  })
})
