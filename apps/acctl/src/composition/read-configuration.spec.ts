import { describe, expect, it } from '@jest/globals'
import { InvalidEnvironment } from '@ac/environment'
import { readConfiguration } from './read-configuration.ts'

const LOCAL = { DATABASE_URL: 'postgresql://u:hunter2@127.0.0.1/ac', AC_DATABASE_TLS: 'disable' }

function problems(read: () => unknown): readonly string[] {
  try {
    read()
  } catch (error) {
    if (error instanceof InvalidEnvironment) {
      expect(error.message).not.toContain('hunter2')
      return error.problems.map(({ variable }) => variable)
    }
    throw error
  }
  return []
}

describe('readConfiguration', () => {
  it('needs the variables of the database only, unless more is asked for', () => {
    expect(problems(() => readConfiguration(LOCAL))).toEqual([])
    expect(problems(() => readConfiguration(LOCAL, 'hashSecret'))).toEqual(['AC_HASH_SECRET'])
  })

  it('names a wrong URL together with everything else', () => {
    const env = { ...LOCAL, DATABASE_URL: 'postgresql://u:hunter2@db.example/ac', AC_HASH_SECRET: 'hunter2' }
    expect(problems(() => readConfiguration(env, 'hashSecret'))).toEqual(['DATABASE_URL', 'AC_HASH_SECRET'])
    expect(problems(() => readConfiguration(env))).toEqual(['DATABASE_URL'])
  })

  it('names each variable once when the database cannot be read at all', () => {
    const env = { AC_DATABASE_TLS: 'hunter2', AC_DB_POOL_SIZE: '0' }
    expect(problems(() => readConfiguration(env))).toEqual(['DATABASE_URL', 'AC_DATABASE_TLS', 'AC_DB_POOL_SIZE'])
  })
})
