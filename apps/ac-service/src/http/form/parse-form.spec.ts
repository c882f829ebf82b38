import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { InvalidRequest } from '../errors/request-errors.ts'
import { decodeFormComponent, MAX_FORM_PAIRS, parseForm } from './parse-form.ts'

/** A form from text in which each character stands for one byte. */
const parse = (text: string) => parseForm(Buffer.from(text, 'latin1'))
const entries = (text: string) => Object.fromEntries(parse(text))

/** Text without NUL and without halves of surrogate pairs, which `URLSearchParams` cannot write. */
const textArbitrary = fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed() && !text.includes('\0'))

describe('parseForm', () => {
  it('reads back whatever URLSearchParams writes', () => {
    const pairs = fc.uniqueArray(
      fc.tuple(
        textArbitrary,
        textArbitrary.filter((value) => value !== ''),
      ),
      {
        selector: ([name]) => name,
        maxLength: MAX_FORM_PAIRS,
      },
    )
    fc.assert(
      fc.property(pairs, (given) => {
        expect([...parse(new URLSearchParams(given).toString())]).toEqual(given)
      }),
    )
  })

  it('takes any bytes, or refuses them as an invalid request, and never gives a NUL', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.string({ unit: fc.constantFrom(...'ab%&=+0123456789cef'), maxLength: 60 }).map((text) => Buffer.from(text)),
    )
    fc.assert(
      fc.property(bytes, (body) => {
        try {
          for (const [name, value] of parseForm(body)) {
            expect(name + value).not.toContain('\0')
            expect(value).not.toBe('')
          }
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidRequest)
        }
      }),
      { numRuns: 1000 },
    )
  })

  it('reads a part of a larger buffer as that part alone', () => {
    expect(parseForm(Buffer.from('xxa=1&b=2xx').subarray(2, 9))).toEqual(
      new Map([
        ['a', '1'],
        ['b', '2'],
      ]),
    )
  })

  it.each<[string, string, Record<string, string>]>([
    ['nothing', '', {}],
    ['a pair', 'a=1', { a: '1' }],
    ['pairs in their order', 'b=2&a=1', { b: '2', a: '1' }],
    ['a plus as a space', 'a=1+2', { a: '1 2' }],
    ['an escaped plus as itself', 'a=1%2B2', { a: '1+2' }],
    ['escapes of either case', '%61=%c3%A4', { a: 'ä' }],
    ['an equals sign in a value', 'a=b=c', { a: 'b=c' }],
    ['empty pairs as nothing', '&&a=1&', { a: '1' }],
    ['a name without a value as absent', 'a', {}],
    ['an empty value as absent', 'a=&b=1', { b: '1' }],
    ['a value without a name', '=1', { '': '1' }],
    ['brackets as any other character', 'a[]=1&a[b]=2', { 'a[]': '1', 'a[b]': '2' }],
    ['dots as any other character', 'a.b=1', { 'a.b': '1' }],
    ['commas as any other character', 'a=1,2', { a: '1,2' }],
    ['semicolons as any other character', 'a=1;b=2', { a: '1;b=2' }],
    ['JSON as a name', '{"a":1}', {}],
    ['an escaped ampersand inside of a value', 'a=1%26b=2', { a: '1&b=2' }],
    ['what is escaped twice once', 'a=%2541', { a: '%41' }],
  ])('reads %s', (_case, text, expected) => {
    expect(entries(text)).toEqual(expected)
  })

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('takes %s for a name like any other', (name) => {
    const form = parse(`${name}=x`)
    expect([...form]).toEqual([[name, 'x']])
    expect(Reflect.get({}, 'x')).toBeUndefined()
  })

  it.each([
    ['a percent sign alone', 'a=%'],
    ['half an escape', 'a=%4'],
    ['an escape of other letters', 'a=%zz'],
    ['a broken escape in a name', '%4=a'],
    ['an overlong slash', 'a=%c0%af'],
    ['half a surrogate pair', 'a=%ed%a0%80'],
    ['the first half of a character', 'a=%c3'],
    ['the second half of a character', 'a=%a4'],
    ['a character beyond Unicode', 'a=%f4%90%80%80'],
    ['an escaped NUL', 'a=%00'],
    ['an escaped NUL in a name', 'a%00=1'],
    ['a raw NUL', 'a=\0'],
    ['a tab', 'a=\t'],
    ['a line break', 'a=1\r\n'],
    ['a delete character', 'a=\x7f'],
    ['a byte beyond ASCII', 'a=\xe4'],
    ['raw UTF-8', 'a=\xc3\xa4'],
    ['a byte order mark', '\xef\xbb\xbfa=1'],
    ['a repeated name', 'a=1&a=1'],
    ['a repeated name, once empty', 'a=1&a='],
    ['a repeated name, first empty', 'a=&a=1'],
    ['a repeated name without any value', 'a&a'],
    ['a repeated name under another spelling', 'scope=a&sc%6fpe=b'],
    ['a repeated name with a plus and an escaped space', 'a+b=1&a%20b=2'],
    ['a repeated empty name', '=1&=2'],
    ['51 pairs', Array.from({ length: 51 }, (_, index) => `p${index}=1`).join('&')],
    ['51 empty pairs', '&'.repeat(50)],
  ])('refuses %s', (_case, text) => {
    expect(() => parse(text)).toThrow(InvalidRequest)
  })

  it('takes 50 pairs', () => {
    expect(parse(Array.from({ length: 50 }, (_, index) => `p${index}=1`).join('&')).size).toBe(50)
  })

  it('never repeats what it was given', () => {
    for (const text of ['a=marker%zz', 'marker=1&marker=2', 'marker=\xe4', 'marker=%00']) {
      expect(() => parse(text)).toThrow(expect.objectContaining({ message: expect.not.stringContaining('marker') }))
    }
  })
})

describe('decodeFormComponent', () => {
  it('undoes what encodeURIComponent does', () => {
    fc.assert(
      fc.property(textArbitrary, (text) => {
        expect(decodeFormComponent(encodeURIComponent(text))).toBe(text)
      }),
    )
  })
})
