import { PassThrough } from 'node:stream'
import { describe, expect, it } from '@jest/globals'
import { askOnTerminal } from './ask-on-terminal.ts'
import { confirmBy } from './confirm.ts'

/** A terminal at which somebody has typed `typed`. */
function terminal(typed: string, input = true, output = true) {
  const screen = Object.assign(new PassThrough(), { isTTY: output })
  const keyboard = Object.assign(new PassThrough(), { isTTY: input })
  keyboard.end(typed)
  const ask = askOnTerminal({ input: keyboard, output: screen })
  return { ask, shown: () => String(screen.read() ?? '') }
}

const confirm = (yes: boolean, typed?: string) =>
  confirmBy(() => yes, typed === undefined ? undefined : terminal(typed).ask)

describe('an act that cannot be undone', () => {
  it.each(['y\n', 'Y\n', 'yes\n', ' yes \r\n', 'y\nn\n', 'y'])(
    'goes on when the person at the terminal types %j',
    async (typed) => {
      await expect(confirm(false, typed)('delete it')).resolves.toBeUndefined()
    },
  )

  it.each(['', '\n', 'n\n', 'no\n', 'yep\n', 'y y\n', '\ny\n'])(
    'is not done when the person types %j',
    async (typed) => {
      await expect(confirm(false, typed)('delete it')).rejects.toMatchObject({
        code: 'not_confirmed',
        reason: 'answered_no',
      })
    },
  )

  it('goes on with --yes, and nobody is asked', async () => {
    const { ask, shown } = terminal('n\n')
    await confirmBy(() => true, ask)('delete it')
    expect(shown()).toBe('')
    await expect(confirm(true)('delete it')).resolves.toBeUndefined()
  })

  it('is not done where nobody can be asked, and says what is missing', async () => {
    await expect(confirm(false)('delete it')).rejects.toThrow('needs --yes')
    for (const [input, output] of [
      [false, true],
      [true, false],
    ])
      expect(terminal('y\n', input, output).ask).toBeUndefined()
  })

  it('is told before the question, with nothing in it that paints the terminal', async () => {
    const { ask, shown } = terminal('y\n')
    await confirmBy(() => false, ask)('delete client "\u001b[2J"')
    expect(shown()).toBe('About to delete client "\\u{1b}[2J". Go on? [y/N] ')
  })
})
