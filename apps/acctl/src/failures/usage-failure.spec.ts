import { describe, expect, it } from '@jest/globals'
import { CommanderError } from 'commander'
import { usageFailure } from './usage-failure.ts'

const usage = (message: string, ...args: readonly string[]) =>
  usageFailure(new CommanderError(1, 'commander.unknownOption', message), args)

describe('usageFailure', () => {
  it('is no failure that help was asked for', () => {
    expect(usageFailure(new CommanderError(0, 'commander.helpDisplayed', '(outputHelp)'), ['--help'])).toBeUndefined()
  })

  it('says in one line what is wrong', () => {
    expect(usage("error: unknown command 'lst'\n(Did you mean list?)", 'lst')).toEqual({
      exitCode: 2,
      code: 'usage',
      description: "unknown command 'lst' (Did you mean list?)",
    })
  })

  it.each([
    ['a database URL as an option', '--database-url=postgres://u:hunter2@db/ac'],
    ['a database URL as a command', 'postgres://u:hunter2@db/ac'],
    ['a client secret', `acs_${'hunter2'.repeat(7)}`],
    ['words with quotes', "it's hunter2"],
  ])('does not repeat %s', (_, arg) => {
    expect(usage(`error: unknown option '${arg}'`, 'clients', arg)?.description).toBe("unknown option '...'")
  })

  it('does not repeat the value of an option that is written with an equals sign', () => {
    const failure = usage("error: option '--limit <n>' argument 'hunter 2' is invalid.", '--limit=hunter 2')
    expect(failure?.description).not.toContain('hunter')
  })
})
