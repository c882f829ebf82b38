import { RecordingLog } from '@ac/kernel/testing'
import { beforeEach, describe, expect, it } from '@jest/globals'
import { StateLog } from './state-log.ts'

let log: RecordingLog
let state: StateLog
beforeEach(() => {
  log = new RecordingLog()
  state = new StateLog(log)
})

const told = () => log.lines.map(({ level, message }) => `${level} ${message}`)

describe('StateLog', () => {
  it('tells of a condition once, however often it is found', () => {
    for (let look = 0; look < 100; look++) state.holds('away', `cause ${look}`)
    expect(told()).toEqual(['warn away'])
    expect(log.lines[0]?.fields).toEqual({ cause: 'cause 0' })
  })

  it('tells of its end once', () => {
    state.holds('away')
    state.over('back')
    state.over('back')
    expect(told()).toEqual(['warn away', 'info back'])
  })

  it('has nothing to tell of an end without a beginning', () => {
    state.over('back')
    expect(told()).toEqual([])
  })

  it('tells of another condition in between', () => {
    state.holds('away')
    state.holds('old')
    state.holds('away')
    expect(told()).toEqual(['warn away', 'warn old', 'warn away'])
  })

  it('tells of the same condition again after it was over', () => {
    state.holds('away')
    state.over('back')
    state.holds('away')
    expect(told()).toEqual(['warn away', 'info back', 'warn away'])
  })
})
