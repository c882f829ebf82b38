import { describe, expect, it } from '@jest/globals'
import { InvalidClientMetadata, UnknownClient } from '@ac/client-validation'
import { Overloaded, Unavailable } from '@ac/kernel'
import { explainFailure } from './explain-failure.ts'
import { MigrationFailed } from './migration-failed.ts'

const fault = (fields: object, message = 'connect to db.internal as bob') => Object.assign(new Error(message), fields)

describe('explainFailure', () => {
  it('names the field of invalid metadata and its rule', () => {
    expect(explainFailure(new InvalidClientMetadata('scope', 'scope-tokens'), [])).toEqual({
      exitCode: 1,
      code: 'invalid_client_metadata',
      description: 'scope is not valid: scope-tokens',
    })
  })

  it.each([
    [{ code: 'ECONNREFUSED' }, 'the database does not answer (ECONNREFUSED)'],
    [{}, 'the database does not answer'],
    [{ code: '28P01', severity: 'FATAL' }, 'the database refuses the login of DATABASE_URL'],
    [{ code: '3D000', severity: 'FATAL' }, 'the database that DATABASE_URL names does not exist'],
    [{ code: '53300', severity: 'FATAL' }, 'the database has no connection left'],
    [{ code: 'CERT_HAS_EXPIRED' }, 'the database did not prove that it is the right one (CERT_HAS_EXPIRED)'],
    [{ code: 'ERR_TLS_CERT_ALTNAME_INVALID' }, expect.stringContaining('did not prove that it is the right one')],
    [{ code: '55P03', severity: 'ERROR' }, expect.stringContaining('another process is migrating the database')],
  ])('says why the database is not available, without a host or a user: %j', (fields, description) => {
    const failure = explainFailure(new Unavailable('database', { cause: fault(fields) }), [])
    expect(failure).toEqual({ exitCode: 1, code: 'unavailable', description })
  })

  it.each([
    ['The server does not support SSL connections', 'offers no TLS'],
    ['SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string', 'refuses the login'],
    ['corrupted migrations: previously executed migration 0009-x is missing', 'does not know'],
  ])('recognises what comes without a code: %s', (message, meaning) => {
    const failure = explainFailure(new Unavailable('database', { cause: new Error(message) }), [])
    expect(failure?.description).toContain(meaning)
  })

  it('finds the reason however deep it lies', () => {
    const cause = new Unavailable('database', { cause: fault({ code: '28P01', severity: 'FATAL' }) })
    expect(explainFailure(new Unavailable('database', { cause }), [])?.description).toContain('refuses the login')
  })

  it.each(['42P01', '42703'])('tells to migrate when the schema lacks something (SQLSTATE %s)', (code) => {
    const failure = explainFailure(fault({ code, severity: 'ERROR' }), [])
    expect(failure).toMatchObject({ exitCode: 1, description: expect.stringContaining('run `acctl migrate` first') })
  })

  it('gives the SQLSTATE of what the database refuses for another reason', () => {
    const failure = explainFailure(fault({ code: '22P05', severity: 'ERROR' }), [])
    expect(failure).toMatchObject({
      code: 'database_refused',
      description: 'the database refuses this (SQLSTATE 22P05)',
    })
  })

  it('names the migration that failed and why', () => {
    const failure = explainFailure(new MigrationFailed('0003-audit-events', { cause: fault({ code: '42501' }) }), [])
    expect(failure?.description).toMatch(
      /^migration 0003-audit-events failed and nothing was changed: .* lacks a right/,
    )
  })

  it('says why a migration could not go on when the database went away in the middle of it', () => {
    const cause = new Unavailable('database', { cause: fault({ code: '55P03' }) })
    const failure = explainFailure(new MigrationFailed('0003-audit-events', { cause }), [])
    expect(failure?.description).toContain('another process')
  })

  it.each([new UnknownClient(), new Overloaded('argon2')])('has a sentence and the exit code 1 for %s', (error) => {
    expect(explainFailure(error, [])).toEqual({ exitCode: 1, code: error.code, description: error.message })
  })

  it('shows the stack of what nobody foresaw, although it has a code', () => {
    const failure = explainFailure(Object.assign(new TypeError('cannot read'), { code: 'ERR_INVALID_ARG_TYPE' }), [])
    expect(failure).toMatchObject({
      exitCode: 1,
      code: 'unforeseen',
      description: expect.stringMatching(/TypeError: .*\n/),
    })
  })
})
