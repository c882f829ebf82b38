import { describe, expect, it } from '@jest/globals'
import { useTestDatabase } from '@ac/embedded-postgres/jest'
import { environmentOf, runAcctl } from './run-acctl.ts'

const FIRST = '0001-clients'

describe('acctl migrate, alone', () => {
  const database = useTestDatabase()
  const acctl = (...args: readonly string[]) => runAcctl(environmentOf(database.url()), args)

  it('says before anything is migrated what is pending, with exit code 1, and changes nothing', async () => {
    const told = await acctl('migrate', '--check', '--json')
    expect(told).toMatchObject({ code: 1, stderr: '' })
    expect(JSON.parse(told.stdout).pending[0]).toBe(FIRST)
    expect(await acctl('migrate', '--check')).toMatchObject({
      code: 1,
      stdout: expect.stringContaining(`pending ${FIRST}\n`),
      stderr: '',
    })
  })

  it.each([
    ['clients', 'list'],
    ['clients', 'show', 'svc_x'],
    ['keys', 'list'],
    ['audit', 'list'],
    ['audit', 'verify'],
  ])('is what an operator is told to run first when %s %s finds no schema', async (...args) => {
    expect(await acctl(...args)).toEqual({
      code: 1,
      stdout: '',
      stderr: 'acctl: the schema of the database is not up to date: run `acctl migrate` first\n',
    })
  })

  it('runs every migration and names them', async () => {
    const migrated = await acctl('migrate')
    expect(migrated).toMatchObject({ code: 0, stderr: '' })
    expect(migrated.stdout).toContain(`migrated ${FIRST}\n`)
  })

  it('has nothing to do a second time', async () => {
    expect(await acctl('migrate')).toEqual({ code: 0, stdout: 'the schema was up to date already\n', stderr: '' })
    expect(JSON.parse((await acctl('migrate', '--json')).stdout)).toEqual({ migrated: [] })
    expect(await acctl('migrate', '--check')).toEqual({ code: 0, stdout: 'the schema is up to date\n', stderr: '' })
    expect(JSON.parse((await acctl('migrate', '--check', '--json')).stdout)).toEqual({ pending: [] })
  })

  it('has the exit code of its answer even if nobody reads it', async () => {
    expect(await runAcctl(environmentOf(database.url()), ['migrate', '--check'], false)).toMatchObject({
      code: 0,
      stderr: '',
    })
  })
})

describe('acctl migrate, twice at once', () => {
  const database = useTestDatabase()

  it('works in one process and waits in the other', async () => {
    const env = environmentOf(database.url())
    const both = await Promise.all([1, 2].map(() => runAcctl(env, ['migrate', '--json'])))
    expect(both).toMatchObject([
      { code: 0, stderr: '' },
      { code: 0, stderr: '' },
    ])
    const [fewer, more] = both
      .map(({ stdout }) => JSON.parse(stdout).migrated as string[])
      .toSorted((a, b) => a.length - b.length)
    expect(fewer).toEqual([])
    expect(more?.[0]).toBe(FIRST)
  })
})

describe('a login that the database refuses', () => {
  const database = useTestDatabase()

  it.each([['migrate'], ['keys list']])('is told apart from a database that does not answer by %s', async (command) => {
    const [wrongPassword, noDatabase] = [new URL(database.url()), new URL(database.url())]
    wrongPassword.password = 'hunter2'
    noDatabase.pathname = '/hunter2'
    const answers = [wrongPassword, noDatabase].map(({ href }) => runAcctl(environmentOf(href), command.split(' ')))
    expect((await Promise.all(answers)).map(({ code, stderr }) => [code, stderr])).toEqual([
      [1, 'acctl: the database refuses the login of DATABASE_URL\n'],
      [1, 'acctl: the database that DATABASE_URL names does not exist\n'],
    ])
  })
})
