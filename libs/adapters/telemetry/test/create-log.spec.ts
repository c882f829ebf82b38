import { Secret, type LogFields } from '@ac/kernel'
import { describe, expect, it } from '@jest/globals'
import { createLog, type LogOptions, type ProcessLog } from '../src/index.ts'
import { useTemporaryFile } from './temporary-file.ts'

const file = useTemporaryFile()
const open = (options: Partial<LogOptions> = {}): ProcessLog =>
  createLog({
    level: 'info',
    service: 'ac',
    environment: 'test',
    region: 'eu',
    descriptor: file.descriptor(),
    ...options,
  })

/** The one line that `write` leaves, as text. */
function lineOf(write: (log: ProcessLog['log']) => void, options?: Partial<LogOptions>): string {
  const { log, flush } = open(options)
  write(log)
  flush()
  return file.content()
}

const fieldsOf = (line: string): Record<string, unknown> => JSON.parse(line) as Record<string, unknown>

/** What plain JavaScript, or a cast, could hand in. */
const unchecked = (fields: Record<string, unknown>): LogFields => fields as unknown as LogFields

describe('a line', () => {
  it('is one JSON object: level, time, who wrote it, fields, message', () => {
    const line = lineOf((log) => log.warn('token refused', { client: 'svc_1', status: 400, cached: false }), {
      version: '1.2.3',
    })
    expect(line.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/, 'TIME')).toBe(
      '{"level":"warn","time":"TIME","service":"ac","version":"1.2.3","environment":"test","region":"eu",' +
        '"client":"svc_1","status":400,"cached":false,"msg":"token refused"}\n',
    )
  })

  it('leaves out what is not there', () => {
    expect(Object.keys(fieldsOf(lineOf((log) => log.info('x', { absent: undefined, there: 0 }))))).toEqual([
      'level',
      'time',
      'service',
      'environment',
      'region',
      'there',
      'msg',
    ])
  })

  it.each(['debug', 'info', 'warn', 'error'] as const)('says its level as a word: %s', (level) => {
    expect(fieldsOf(lineOf((log) => log[level]('x'), { level: 'debug' })).level).toBe(level)
  })

  it('stays one line whatever it is told', () => {
    const line = lineOf((log) => log.info('a\nb\u2028', { 'na\nme': '\u0000\r\n\u001b[31m{"level":"fatal"}' }))
    expect(line.trimEnd()).not.toMatch(/\p{Cc}/u)
    expect(fieldsOf(line)).toMatchObject({
      level: 'info',
      msg: 'a\nb\u2028',
      'na\nme': '\u0000\r\n\u001b[31m{"level":"fatal"}',
    })
  })

  it('cuts long texts to 512 characters and never through one of them', () => {
    const fields = fieldsOf(
      lineOf((log) => log.info('m'.repeat(513), { fits: 'f'.repeat(512), long: '😀'.repeat(300) })),
    )
    expect([fields.msg, fields.fits]).toEqual([`${'m'.repeat(511)}…`, 'f'.repeat(512)])
    expect(String(fields.long)).toHaveLength(512)
    expect(String(fields.long).isWellFormed()).toBe(true)
  })

  it('keeps its own names when a field takes one of them', () => {
    const line = lineOf((log) =>
      log.info('real', { level: 'fatal', msg: 'fake', time: 0, service: 'other', __proto__: 'x' }),
    )
    expect(line.match(/"(level|msg|time|service)":/g)).toHaveLength(4)
    expect(fieldsOf(line)).toMatchObject({
      level: 'info',
      msg: 'real',
      service: 'ac',
      level_: 'fatal',
      msg_: 'fake',
      time_: 0,
    })
  })
})

describe('what is no scalar and came by a cast', () => {
  it('prints as a placeholder when it is a secret', () => {
    const line = lineOf((log) => log.info('x', unchecked({ secret: new Secret('hunter2') })))
    expect(fieldsOf(line).secret).toBe('[secret]')
    expect(line).not.toContain('hunter2')
  })

  it('shows nothing of its content', () => {
    const hidden = { object: { password: 'hunter2' }, error: new Error('hunter2'), list: ['hunter2'], none: null }
    const line = lineOf((log) => log.info('x', unchecked({ ...hidden, act: () => 'hunter2', big: 5n })))
    expect(line).not.toContain('hunter2')
    expect(fieldsOf(line)).toMatchObject(
      Object.fromEntries([...Object.keys(hidden), 'act', 'big'].map((name) => [name, '[not a scalar]'])),
    )
  })
})

describe('the level', () => {
  it('keeps lines below it from being written', () => {
    const write = (log: ProcessLog['log']): void => {
      log.debug('1')
      log.info('2')
      log.warn('3')
      log.error('4')
    }
    expect(lineOf(write, { level: 'warn' }).match(/"msg":"\d"/g)).toEqual(['"msg":"3"', '"msg":"4"'])
  })

  it('silences all of them', () => {
    expect(lineOf((log) => log.error('x'), { level: 'silent' })).toBe('')
  })
})
