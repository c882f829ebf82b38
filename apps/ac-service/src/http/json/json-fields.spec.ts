import { describe, expect, it } from '@jest/globals'
import { JsonFields } from './json-fields.ts'
import { parseJsonObject } from './parse-json-object.ts'

const fields = (object: object): JsonFields =>
  new JsonFields(parseJsonObject(Buffer.from(JSON.stringify(object))), (field, rule) => new Error(`${field}: ${rule}`))

const VALUES: readonly unknown[] = [
  'a',
  '',
  true,
  false,
  0,
  1,
  -1,
  1.5,
  2 ** 53,
  [],
  ['a'],
  ['a', 1],
  [['a']],
  {},
  { a: 'a' },
]

/** Every value of {@link VALUES} that `read` takes, given back as it is. */
const taken = (read: (given: JsonFields, name: string) => unknown): readonly unknown[] =>
  VALUES.filter((value) => {
    try {
      expect(read(fields({ it: value }), 'it')).toEqual(value)
      return true
    } catch (error) {
      expect(error).toHaveProperty('message', expect.stringMatching(/^it: it must /))
      return false
    }
  })

describe('JsonFields', () => {
  it('gives each field with its own type, and refuses every other', () => {
    expect(taken((given, name) => given.text(name))).toEqual(['a', ''])
    expect(taken((given, name) => given.flag(name))).toEqual([true, false])
    expect(taken((given, name) => given.wholeNumber(name))).toEqual([0, 1, -1])
    expect(taken((given, name) => given.texts(name))).toEqual([[], ['a']])
    expect(taken((given, name) => given.nothing(name, 'it must be null'))).toEqual([])
  })

  it('tells an absent field from one that is null', () => {
    const given = fields({ empty: null })
    for (const name of ['empty', 'absent']) {
      const values = [
        given.text(name),
        given.flag(name),
        given.wholeNumber(name),
        given.texts(name),
        given.nothing(name, ''),
      ]
      expect(new Set(values)).toEqual(new Set([name === 'empty' ? null : undefined]))
    }
  })

  it('takes no property of every object for a field', () => {
    for (const name of ['constructor', '__proto__', 'toString']) expect(fields({}).text(name)).toBeUndefined()
  })

  it('refuses a field that is unknown, and one that can only be read, each by its name', () => {
    expect(() => fields({ a: 1, b: 2 }).only(['a', 'b'])).not.toThrow()
    expect(() => fields({ a: 1, created: 2 }).only(['a'], ['created'])).toThrow('created: it cannot be set')
    expect(() => fields({ a: 1, extra: 2 }).only(['a'], ['created'])).toThrow('extra: there is no field of that name')
  })

  it.each(['', 'two words', 'a"b', '\u00e4', '<script>', '__proto__', 'a'.repeat(41), 'acs_'.repeat(13)])(
    'does not repeat a name that may be anything: %j',
    (name) => {
      expect(() => fields(JSON.parse(`{${JSON.stringify(name)}:1}`)).only([])).toThrow(
        'a field: there is no field of that name',
      )
    },
  )
})
