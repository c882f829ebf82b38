import { describe, expect, it } from '@jest/globals'
import type { Command } from 'commander'
import { inMemoryProgram } from '../test/in-memory-program.ts'

const everyCommand = (command: Command): readonly Command[] => [command, ...command.commands.flatMap(everyCommand)]

describe('the program', () => {
  it.each(everyCommand(inMemoryProgram().program).map((command) => [command.name(), command] as const))(
    'explains %s with an example, and that it can print JSON',
    (_, command) => {
      let help = ''
      command.configureOutput({ writeOut: (text) => void (help += text) }).outputHelp()
      expect(command.description()).not.toBe('')
      expect(help).toMatch(/Examples:\n {2}acctl /)
      expect(help).toContain('--json')
      expect(Math.max(...help.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100)
    },
  )

  it.each([
    ['an unknown command', ['frob']],
    ['an unknown command of a group', ['clients', 'frob']],
    ['an unknown option', ['clients', 'list', '--frob']],
    ['a missing argument', ['clients', 'show']],
    ['a missing mandatory option', ['clients', 'create', '--name', 'n']],
    ['an argument too many', ['keys', 'list', 'all']],
    ['a limit that is no number', ['clients', 'list', '--limit', 'ten']],
    ['a cursor that was never given', ['clients', 'list', '--cursor', 'abc']],
    ['a lifetime that is no number', ['clients', 'create', '--name', 'n', '--scope', 's', '--token-ttl', '1h']],
    ['a group without a command', ['clients']],
  ])('throws on %s', async (_, args) => {
    await expect(inMemoryProgram().run(...args)).rejects.toMatchObject({ exitCode: 1, name: 'CommanderError' })
  })
})

describe('acctl migrate', () => {
  it('runs what is pending and names it', async () => {
    expect(await inMemoryProgram().run('migrate')).toEqual({
      json: { migrated: ['0002-b'] },
      text: 'migrated 0002-b\n',
    })
  })

  it('with --check only tells, and answers no when something is pending', async () => {
    const report = await inMemoryProgram().run('migrate', '--check')
    expect(report).toEqual({ json: { pending: ['0001-a'] }, text: 'pending 0001-a\n', exitCode: 1 })
  })
})
