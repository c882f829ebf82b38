import { describe, expect, it } from '@jest/globals'
import { Readiness } from './readiness.ts'

const readiness = ({ database = true, signingKey = true, shuttingDown = false }) => {
  const made = new Readiness()
  made.databaseIs(database)
  made.signingKeyIs(signingKey)
  if (shuttingDown) made.shutDown()
  return made
}

describe('Readiness', () => {
  it('is not given before anybody looked', () => {
    expect(new Readiness().report()).toEqual({
      status: 'not_ready',
      database: 'unavailable',
      signing_key: 'unavailable',
      clock: 'ok',
      shutting_down: false,
    })
  })

  it('is given with a database and a signing key', () => {
    expect(readiness({}).report()).toEqual({
      status: 'ready',
      database: 'ok',
      signing_key: 'ok',
      clock: 'ok',
      shutting_down: false,
    })
  })

  it.each([
    [
      'the database',
      { database: false },
      { database: 'unavailable', signing_key: 'ok', clock: 'ok', shutting_down: false },
    ],
    [
      'the signing key',
      { signingKey: false },
      { database: 'ok', signing_key: 'unavailable', clock: 'ok', shutting_down: false },
    ],
    [
      'the wish to go on',
      { shuttingDown: true },
      { database: 'ok', signing_key: 'ok', clock: 'ok', shutting_down: true },
    ],
  ])('is not given without %s', (_case, state, report) => {
    expect(readiness(state).report()).toEqual({ status: 'not_ready', ...report })
  })

  it('comes back with what was missing', () => {
    const lost = readiness({ database: false })
    lost.databaseIs(true)
    expect(lost.report().status).toBe('ready')
  })

  it('never comes back after the shutdown began', () => {
    const stopping = readiness({ shuttingDown: true })
    stopping.databaseIs(true)
    stopping.signingKeyIs(true)
    expect(stopping.report().status).toBe('not_ready')
    expect(stopping.shuttingDown).toBe(true)
  })
})
