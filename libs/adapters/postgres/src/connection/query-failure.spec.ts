import { Unavailable } from '@ac/kernel'
import { describe, expect, it } from '@jest/globals'
import { DatabaseError } from 'pg'
import { spoilsConnection, translateFailure } from './query-failure.ts'

const databaseError = (code: string | undefined): DatabaseError => {
  const error = new DatabaseError('refused', 7, 'error')
  error.code = code
  return error
}

// https://www.postgresql.org/docs/18/errcodes-appendix.html
describe('a failure that the server tells of', () => {
  it.each([
    ['08006', 'connection failure', true, true],
    ['53300', 'too many connections', true, true],
    ['53100', 'disk full', true, false],
    ['53200', 'out of memory', true, false],
    ['57014', 'query canceled, by the statement time-out too', true, false],
    ['57P01', 'admin shutdown', true, true],
    ['57P02', 'crash shutdown', true, true],
    ['57P03', 'cannot connect now', true, true],
    ['58030', 'I/O error', true, true],
    ['25006', 'read-only transaction', true, true],
    ['25P03', 'idle in transaction for too long', true, true],
    ['25P04', 'transaction took too long', true, true],
    ['40001', 'serialization failure', true, false],
    ['40P01', 'deadlock', true, false],
    ['55P03', 'lock not available', true, false],
    ['23505', 'unique violation', false, false],
    ['23503', 'foreign key violation', false, false],
    ['42501', 'insufficient privilege', false, false],
    ['42P01', 'undefined table', false, false],
    ['42601', 'syntax error', false, false],
    ['22021', 'character not in repertoire', false, false],
    ['25P02', 'in failed transaction', false, false],
    ['40002', 'integrity constraint violation in a transaction', false, false],
    [undefined, 'no code', false, false],
  ])('%s, %s: unavailable %p, spoils the connection %p', (code, _, unavailable, spoils) => {
    const error = databaseError(code)
    const translated = translateFailure(error)
    if (unavailable)
      expect(translated).toMatchObject({ constructor: Unavailable, dependency: 'database', cause: error })
    else expect(translated).toBe(error)
    expect(spoilsConnection(error)).toBe(spoils)
  })
})

describe('a failure that the server does not tell of', () => {
  it.each([new Error('Query read timeout'), Object.assign(new Error('read'), { code: 'ECONNRESET' }), 'a string'])(
    'is unavailable and spoils the connection: %s',
    (error) => {
      expect(translateFailure(error)).toMatchObject({ constructor: Unavailable, cause: error })
      expect(spoilsConnection(error)).toBe(true)
    },
  )
})
