import { Secret, type LogFields } from '@ac/kernel'
import { describe, expect, it } from '@jest/globals'
import { createLog, type LogOptions, type ProcessLog } from '../../src/index.ts'
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
const unchecked = (fields: Record<string, unknown>): LogFields => fields

describe('a line', () => {
  it('is one JSON object: level, time, who wrote it, fields, message', () => {
    const line = lineOf((log) => log.warn('token refused', { request_id: 'r-1', port: 400 }), { version: '1.2.3' })
    expect(line.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/, 'TIME')).toBe(
      '{"level":"warn","time":"TIME","service":"ac","version":"1.2.3","environment":"test","region":"eu",' +
        '"request_id":"r-1","port":400,"msg":"token refused"}\n',
    )
  })

  it('leaves out what is not there', () => {
    expect(Object.keys(fieldsOf(lineOf((log) => log.info('x', { cause: undefined, port: 0 }))))).toEqual([
      'level',
      'time',
      'service',
      'environment',
      'region',
      'port',
      'msg',
    ])
  })

  it.each(['debug', 'info', 'warn', 'error'] as const)('says its level as a word: %s', (level) => {
    expect(fieldsOf(lineOf((log) => log[level]('x'), { level: 'debug' })).level).toBe(level)
  })

  it('stays one line whatever it is told', () => {
    const cause = '\u0000\r\n\u001b[31m{level:fatal}'
    const line = lineOf((log) => log.info('a\nb\u2028', { cause }))
    expect(line.trimEnd()).not.toMatch(/\p{Cc}/u)
    expect(fieldsOf(line)).toMatchObject({ level: 'info', msg: 'a\nb\u2028', cause })
  })

  it('cuts long texts to 512 characters and never through one of them', () => {
    const fields = fieldsOf(
      lineOf((log) => log.info('m '.repeat(257), { error: 'f '.repeat(256), cause: '😀'.repeat(300) })),
    )
    expect([fields.msg, fields.error]).toEqual([`${'m '.repeat(256).slice(0, -1)}…`, 'f '.repeat(256)])
    expect(String(fields.cause)).toHaveLength(512)
    expect(String(fields.cause).isWellFormed()).toBe(true)
  })
})

describe('what the fields of a line do not allow and came by a cast', () => {
  const FIELDS = ['level', 'time', 'service', 'environment', 'region', 'msg']

  it('tells neither name nor value when it is not listed', () => {
    const line = lineOf((log) => log.info('x', unchecked({ hunter2: 'hunter2', client_id: 'hunter2', __proto__: 'x' })))
    expect(line).not.toContain('hunter2')
    expect(Object.keys(fieldsOf(line)).toSorted()).toEqual([...FIELDS, 'unlisted'].toSorted())
    expect(fieldsOf(line).unlisted).toBe('****')
  })

  it('cannot take the names that every line has', () => {
    const line = lineOf((log) =>
      log.info('real', unchecked({ level: 'fatal', msg: 'fake', time: 0, service: 'other' })),
    )
    expect(line.match(/"(level|msg|time|service)":/g)).toHaveLength(4)
    expect(fieldsOf(line)).toMatchObject({ level: 'info', msg: 'real', service: 'ac' })
  })

  it.each([
    ['a secret', new Secret('hunter2')],
    ['an object', { password: 'hunter2' }],
    ['an error', new Error('hunter2')],
    ['a list', ['hunter2']],
    ['a function', () => 'hunter2'],
    ['nothing', null],
    ['a large number', 5n],
  ])('prints as **** when it is %s', (_kind, value) => {
    const line = lineOf((log) => log.info('x', unchecked({ cause: value })))
    expect(line).not.toContain('hunter2')
    expect(fieldsOf(line).cause).toBe('****')
  })
})

describe('what a library or a server made up', () => {
  it('is masked, in a field and in the message', () => {
    const text = 'no client svc_abcdefgh at 192.0.2.1'
    const fields = fieldsOf(lineOf((log) => log.warn(text, { cause: text }), { hash: (id) => `h:${id.length}` }))
    expect([fields.msg, fields.cause]).toEqual(['no client h:12 at ****', 'no client h:12 at ****'])
  })

  it('shows no id of a client where nothing can hash it', () => {
    expect(fieldsOf(lineOf((log) => log.warn('no client svc_abcdefgh'))).msg).toBe('no client ****')
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

  it.each([
    ['debug', true],
    ['info', true],
    ['warn', false],
    ['silent', false],
  ] as const)('decides whether there are lines of requests: %s', (level, written) => {
    expect(open({ level }).requests !== undefined).toBe(written)
  })

  it('silences all of them', () => {
    expect(lineOf((log) => log.error('x'), { level: 'silent' })).toBe('')
  })
})
