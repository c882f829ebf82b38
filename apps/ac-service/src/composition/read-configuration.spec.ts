import { InvalidEnvironment } from '@ac/environment'
import { describe, expect, it } from '@jest/globals'
import { readConfiguration } from './read-configuration.ts'

const RIGHT = {
  DATABASE_URL: 'postgresql://ac:pw@db.example/ac',
  AC_MASTER_KEY: Buffer.alloc(32, 'm').toString('base64'),
  AC_HASH_SECRET: Buffer.alloc(32, 'h').toString('base64'),
  AC_ISSUER: 'https://ac.example',
}

/** The variables that are blamed. */
function blamedIn(env: Record<string, string>): readonly string[] {
  try {
    readConfiguration(env)
    return []
  } catch (error) {
    if (!(error instanceof InvalidEnvironment)) throw error
    expect(error.message).not.toMatch(/pw|example/)
    return error.problems.map(({ variable }) => variable).toSorted()
  }
}

describe('readConfiguration', () => {
  it('gives the whole configuration of a right environment', () => {
    const { tokens, database } = readConfiguration(RIGHT)
    expect(tokens.issuer).toBe('https://ac.example')
    expect(database.tls).toBe('verify-full')
  })

  it.each([
    ['an sslmode that checks nothing', { DATABASE_URL: 'postgresql://ac:pw@db.example/ac?sslmode=require' }],
    ['several hosts', { DATABASE_URL: 'postgresql://ac:pw@one.example,two.example/ac' }],
    ['no database', { DATABASE_URL: 'postgresql://ac:pw@db.example' }],
    ['another protocol', { DATABASE_URL: 'mysql://ac:pw@db.example/ac' }],
    ['no TLS over a network', { AC_DATABASE_TLS: 'disable' }],
  ])('blames the database URL for %s', (_case, changes) => {
    expect(blamedIn({ ...RIGHT, ...changes })).toEqual(['DATABASE_URL'])
  })

  it.each([
    ['another variable of the database', { AC_DB_POOL_SIZE: 'many' }],
    ['a file that is not there', { AC_DATABASE_CA_FILE: '/nowhere/ca.pem' }],
    ['an unknown variable', { AC_DB_POOL_SICE: '20' }],
    ['a variable of another part', { AC_CLOCK_SKEW_SECONDS: '601' }],
    ['values that are not safe together', { AC_SHUTDOWN_DELAY_MS: '30000' }],
  ])('blames it beside %s', (_case, changes) => {
    const env = { ...RIGHT, DATABASE_URL: 'postgresql://ac:pw@db.example/ac?sslmode=require', ...changes }
    expect(blamedIn(env)).toEqual([...Object.keys(changes), 'DATABASE_URL'].toSorted())
  })

  it('refuses values that are right but not safe together', () => {
    const changes = {
      AC_DEFAULT_AUDIENCE: 'https://ac.example',
      AC_KEY_OVERLAP_SECONDS: '3600',
      AC_SHUTDOWN_DELAY_MS: '30000',
    }
    expect(blamedIn({ ...RIGHT, ...changes })).toEqual(Object.keys(changes))
  })

  it('blames a variable once', () => {
    const { DATABASE_URL: _url, ...rest } = RIGHT
    expect(blamedIn(rest)).toEqual(['DATABASE_URL'])
  })
})
