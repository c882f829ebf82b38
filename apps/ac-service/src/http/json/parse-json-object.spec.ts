import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { InvalidRequest } from '../errors/request-errors.ts'
import { MAX_JSON_DEPTH, parseJsonObject } from './parse-json-object.ts'

const parse = (text: string) => parseJsonObject(Buffer.from(text))

const nested = (depth: number): string => `{"a":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`

/** Objects as I-JSON has them: no lone surrogates, no NUL. */
const textArbitrary = fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed() && !text.includes('\0'))
const valueArbitrary = fc
  .jsonValue({ maxDepth: 3, noUnicodeString: true })
  .filter((value) => !/\\u0000/.test(json(value)))
const json = (value: unknown): string => JSON.stringify(value)

describe('parseJsonObject', () => {
  it('reads back whatever JSON.stringify writes of an object', () => {
    const members = fc.uniqueArray(fc.tuple(textArbitrary, valueArbitrary), { selector: ([name]) => name })
    fc.assert(
      fc.property(members, fc.constantFrom(undefined, 2, '\t'), (given, indent) => {
        const written = JSON.stringify(Object.fromEntries(given), undefined, indent)
        expect(json([...parse(written)])).toBe(json(Object.entries(JSON.parse(written))))
      }),
    )
  })

  it('takes any bytes, or refuses them as an invalid request', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.string({ unit: fc.constantFrom(...'{}[]:,"\\u0dn1e-+. \t'), maxLength: 40 }).map((text) => Buffer.from(text)),
      fc
        .string({ unit: fc.constantFrom('{"a":', '{"b":', '}', ',"a":', '1', '[', ']', '"\\"'), maxLength: 12 })
        .map(Buffer.from),
    )
    fc.assert(
      fc.property(bytes, (body) => {
        try {
          parseJsonObject(body)
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidRequest)
        }
      }),
      { numRuns: 2000 },
    )
  })

  it.each<[string, string, readonly (readonly [string, unknown])[]]>([
    ['an empty object', '{}', []],
    ['white space around and within', ' \t\r\n{ "a" :\n1 } ', [['a', 1]]],
    [
      'members in their order',
      '{"b":1,"a":2}',
      [
        ['b', 1],
        ['a', 2],
      ],
    ],
    [
      'a name of its own in an object of its own',
      '{"a":{"a":1},"b":[{"a":1},{"a":2}]}',
      [
        ['a', { a: 1 }],
        ['b', [{ a: 1 }, { a: 2 }]],
      ],
    ],
    [
      'strings that look like names',
      '{"a":"a","b":":","c":"\\"a\\":"}',
      [
        ['a', 'a'],
        ['b', ':'],
        ['c', '"a":'],
      ],
    ],
    [
      'braces and backslashes in strings',
      '{"a":"}{\\\\","b":"]["}',
      [
        ['a', '}{\\'],
        ['b', ']['],
      ],
    ],
    ['an empty name', '{"":1}', [['', 1]]],
    ['both halves of a surrogate pair', '{"a":"\\ud83c\\udfa5"}', [['a', '\u{1f3a5}']]],
  ])('reads %s', (_case, text, expected) => {
    expect([...parse(text)]).toEqual(expected)
  })

  it.each(['__proto__', 'constructor', 'toString'])('takes %s for a name like any other', (name) => {
    const object = parse(`{"${name}":{"polluted":true}}`)
    expect([...object.keys()]).toEqual([name])
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })

  it('takes what is nested as deep as may be, and nothing deeper', () => {
    expect(parse(nested(MAX_JSON_DEPTH)).size).toBe(1)
    for (const depth of [MAX_JSON_DEPTH + 1, 15_000]) expect(() => parse(nested(depth))).toThrow(InvalidRequest)
  })

  it.each([
    ['nothing', ''],
    ['white space alone', ' \n'],
    ['an array', '[]'],
    ['an array of objects', '[{"a":1}]'],
    ['a string', '"a"'],
    ['a number', '1'],
    ['null', 'null'],
    ['true', 'true'],
    ['two objects', '{}{}'],
    ['something behind the object', '{} x'],
    ['half an object', '{"a":1'],
    ['a comma too many', '{"a":1,}'],
    ['a name without quotation marks', '{a:1}'],
    ['single quotation marks', "{'a':1}"],
    ['a comment', '{"a":1/* b */}'],
    ['a number in hexadecimal', '{"a":0x1}'],
    ['a number with a leading zero', '{"a":01}'],
    ['NaN', '{"a":NaN}'],
    ['a raw line break in a string', '{"a":"\n"}'],
    ['a raw tab in a string', '{"a":"\t"}'],
    ['an escape that is none', '{"a":"\\x41"}'],
    ['a byte order mark', '\ufeff{}'],
    ['a no-break space around', '\u00a0{}'],
    ['a NUL around', '{}\0'],
    ['a NUL in a value', '{"a":"\\u0000"}'],
    ['a NUL in a name', '{"a\\u0000":1}'],
    ['half a surrogate pair', '{"a":"\\ud800"}'],
    ['halves of a surrogate pair the wrong way round', '{"a":"\\udfa5\\ud83c"}'],
    ['half a surrogate pair in a name', '{"\\udfa5":1}'],
    ['a repeated name', '{"a":1,"a":1}'],
    ['a repeated name far apart', '{"a":1,"b":{"a":2},"c":[1,2],"a":3}'],
    ['a repeated name under another spelling', '{"a":1,"\\u0061":2}'],
    ['a repeated __proto__', '{"__proto__":1,"__proto__":2}'],
    ['a repeated empty name', '{"":1,"":2}'],
    ['a repeated name within', '{"a":[{"b":1,"b":2}]}'],
    ['a form', 'a=1&b=2'],
  ])('refuses %s', (_case, text) => {
    expect(() => parse(text)).toThrow(InvalidRequest)
  })

  it.each([
    ['a byte that is no UTF-8', [0x7b, 0x22, 0xe4, 0x22, 0x7d]],
    ['an overlong slash', [0x7b, 0x22, 0xc0, 0xaf, 0x22, 0x7d]],
    ['UTF-16', [...Buffer.from('{}', 'utf16le')]],
    ['half a surrogate pair in UTF-8', [0x7b, 0x22, 0xed, 0xa0, 0x80, 0x22, 0x7d]],
    ['a character cut in half', [0x7b, 0x7d, 0xc3]],
  ])('refuses %s', (_case, bytes) => {
    expect(() => parseJsonObject(Uint8Array.from(bytes))).toThrow(InvalidRequest)
  })

  it('never repeats what it was given', () => {
    for (const text of [
      'marker',
      '{"marker":1,"marker":2}',
      '{"marker":"\\ud800"}',
      '{"a":"marker\\u0000"}',
      '"marker"',
    ]) {
      expect(() => parse(text)).toThrow(expect.objectContaining({ message: expect.not.stringContaining('marker') }))
    }
  })
})
