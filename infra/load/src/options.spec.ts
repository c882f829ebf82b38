import { describe, expect, it } from '@jest/globals'
import { parseOptions, WrongUsage } from './options.ts'

describe('parseOptions', () => {
  it('asks for twice the expected load of one replica from each of two, for a minute', () => {
    expect(parseOptions([])).toEqual({ rate: 1000, seconds: 60, clients: 200, replicas: 2 })
  })

  it('takes minutes for a soak', () => {
    expect(parseOptions(['--minutes', '90', '--rate', '300'])).toMatchObject({ seconds: 5400, rate: 300 })
  })

  it.each([
    [['--rate', '0']],
    [['--rate', '1e3']],
    [['--rate', '20001']],
    [['--replicas', '9']],
    [['--seconds', '-1']],
    [['--seconds', '10', '--minutes', '1']],
    [['--speed', '9']],
    [['now']],
  ])('refuses %j in one sentence that tells the usage', (args) => {
    expect(() => parseOptions(args)).toThrow(WrongUsage)
    expect(() => parseOptions(args)).toThrow(/^[^\n]*; usage: npm run load/)
  })
})
