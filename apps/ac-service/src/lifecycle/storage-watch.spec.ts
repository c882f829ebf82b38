import { Unavailable } from '@ac/kernel'
import { RecordingLog } from '@ac/kernel/testing'
import { beforeEach, describe, expect, it } from '@jest/globals'
import { Readiness } from './readiness.ts'
import { StorageWatch } from './storage-watch.ts'
import type { Storage } from './storage.ts'

let found: { writable: boolean; clockAheadMs: number } | Error
let readiness: Readiness
let log: RecordingLog
let watch: StorageWatch

beforeEach(() => {
  found = { writable: true, clockAheadMs: 0 }
  readiness = new Readiness()
  readiness.signingKeyIs(true)
  log = new RecordingLog()
  const probe = async () => {
    if (found instanceof Error) throw found
    return found
  }
  watch = new StorageWatch({ probe } as unknown as Storage, readiness, log)
})

describe('StorageWatch', () => {
  it.each([
    [
      'answers, takes writes and has our clock',
      { writable: true, clockAheadMs: 0 },
      { status: 'ready', database: 'ok' },
    ],
    ['takes no writes', { writable: false, clockAheadMs: 0 }, { status: 'not_ready', database: 'read_only' }],
    ['is five seconds ahead', { writable: true, clockAheadMs: 5000 }, { status: 'ready', clock: 'ok' }],
    ['is more than five seconds ahead', { writable: true, clockAheadMs: 5001 }, { status: 'not_ready', clock: 'off' }],
    [
      'is more than five seconds behind',
      { writable: true, clockAheadMs: -5001 },
      { status: 'not_ready', clock: 'off' },
    ],
    ['does not answer', new Unavailable('database'), { status: 'not_ready', database: 'unavailable' }],
  ])('tells of a database that %s', async (_, what, report) => {
    found = what
    await watch.look()
    expect(readiness.report()).toMatchObject(report)
  })

  it('finds it ready again as soon as it is', async () => {
    for (const what of [new Unavailable('database'), { writable: false, clockAheadMs: 9000 }]) {
      found = what
      await watch.look()
    }
    found = { writable: true, clockAheadMs: 0 }
    await watch.look()
    expect(readiness.report().status).toBe('ready')
  })

  it('tells the log once what begins and once what ends', async () => {
    for (const what of [
      new Unavailable('database', { cause: new Error('refused') }),
      new Unavailable('database', { cause: new Error('refused') }),
      { writable: true, clockAheadMs: 0 },
      { writable: true, clockAheadMs: 0 },
    ]) {
      found = what
      await watch.look()
    }
    expect(log.lines).toEqual([
      { level: 'warn', message: 'the database does not answer: not ready', fields: { cause: 'refused' } },
      { level: 'info', message: 'the database answers and takes writes again', fields: undefined },
    ])
  })
})
