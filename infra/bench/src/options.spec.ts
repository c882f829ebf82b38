import { describe, expect, it } from '@jest/globals'
import { parseOptions, WrongUsage } from './options.ts'

describe('parseOptions', () => {
  it('takes 3 rounds of 10 seconds unless told otherwise', () => {
    expect(parseOptions([])).toEqual({ seconds: 10, rounds: 3 })
    expect(parseOptions(['--seconds', '2', '--rounds=1'])).toEqual({ seconds: 2, rounds: 1 })
  })

  it.each(['abc', '0', '-1', '1.5', '1e2', '', ' 5', '3601', '99999'])('refuses %j for either number', (text) => {
    for (const name of ['--seconds', '--rounds']) {
      expect(() => parseOptions([`${name}=${text}`])).toThrow(
        `${name} takes a whole number from 1 to 3600, not ${JSON.stringify(text)}; usage:`,
      )
    }
  })

  it.each([[['--rouns', '3']], [['fast']], [['--seconds']], [['--seconds', '--rounds', '2']]])(
    'refuses %j in one sentence that tells the usage',
    (args) => {
      expect(() => parseOptions(args)).toThrow(WrongUsage)
      expect(() => parseOptions(args)).toThrow(/^[^\n]+; usage: npm run bench -- \[--seconds 10\] \[--rounds 3\]$/)
    },
  )
})
