import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { NoClientCredentials } from '../errors/request-errors.ts'
import { readBasicCredentials } from './basic-credentials.ts'

const base64 = (text: string) => Buffer.from(text, 'latin1').toString('base64')

const read = (header: string) => {
  const { clientId, secret } = readBasicCredentials(header)
  return [clientId, secret.reveal()]
}

/** As RFC 6749 appendix B has it, by an implementation that is not ours. */
const formEncode = (text: string) => new URLSearchParams({ '': text }).toString().slice(1)

const textArbitrary = fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed() && !text.includes('\0'))

describe('readBasicCredentials', () => {
  it('reads back any id and secret that were form-encoded', () => {
    fc.assert(
      fc.property(
        textArbitrary.filter((id) => id !== ''),
        textArbitrary,
        (id, secret) => {
          expect(read(`Basic ${base64(`${formEncode(id)}:${formEncode(secret)}`)}`)).toEqual([id, secret])
        },
      ),
    )
  })

  it('takes any header, or refuses it as no credentials', () => {
    const header = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string().map((text) => `Basic ${text}`),
      fc.uint8Array().map((bytes) => `Basic ${Buffer.from(bytes).toString('base64')}`),
      fc.string({ unit: fc.constantFrom(...'ab%:+=04') }).map((text) => `Basic ${base64(text)}`),
    )
    fc.assert(
      fc.property(header, (text) => {
        try {
          expect(read(text).join('')).not.toContain('\0')
        } catch (error) {
          expect(error).toBeInstanceOf(NoClientCredentials)
        }
      }),
      { numRuns: 1000 },
    )
  })

  it.each([
    ['an id and a secret', 'id:secret', 'id', 'secret'],
    ['an empty secret', 'id:', 'id', ''],
    ['a secret with colons', 'id:a:b:c', 'id', 'a:b:c'],
    ['an id with an escaped colon', 'i%3Ad:secret', 'i:d', 'secret'],
    ['a plus as a space in both halves', 'i+d:a+b', 'i d', 'a b'],
    ['an escaped plus as itself', 'id:a%2Bb', 'id', 'a+b'],
    ['escaped letters beyond ASCII', '%C3%A4:%c3%b6', 'ä', 'ö'],
    ['characters that need no escape but have one', '%69d:%73', 'id', 's'],
  ])('reads %s', (_case, text, id, secret) => {
    expect(read(`Basic ${base64(text)}`)).toEqual([id, secret])
  })

  it.each([
    ['the scheme in any case', `bAsIc ${base64('id:s')}`],
    ['two spaces', `Basic  ${base64('id:s')}`],
  ])('reads %s', (_case, header) => {
    expect(read(header)).toEqual(['id', 's'])
  })

  it.each([
    ['nothing', ''],
    ['a scheme alone', 'Basic'],
    ['a scheme and a space', 'Basic '],
    ['another scheme', `Bearer ${base64('id:s')}`],
    ['a scheme that begins alike', `Basically ${base64('id:s')}`],
    ['no scheme', base64('id:s')],
    ['a tab behind the scheme', `Basic\t${base64('id:s')}`],
    ['a space before the scheme', ` Basic ${base64('id:s')}`],
    ['a space behind all', `Basic ${base64('id:s')} `],
    ['a space within', `Basic aWQ6 cw==`],
    ['a parameter', `Basic ${base64('id:s')}, realm=x`],
    ['missing padding', 'Basic aWQ6cw'],
    ['half of the padding', 'Basic aWQ6cw='],
    ['too much padding', 'Basic aWQ6cw==='],
    ['padding alone', 'Basic =='],
    ['bits that base64 leaves unused', 'Basic aWQ6cx=='],
    ['the alphabet of base64url', 'Basic aWQ6_-8='],
    ['characters of no alphabet', 'Basic aWQ6*w=='],
    ['a length that no bytes have', 'Basic aWQ6c'],
    ['no colon', `Basic ${base64('id')}`],
    ['an empty id', `Basic ${base64(':s')}`],
    ['a colon alone', `Basic ${base64(':')}`],
    ['an escaped colon alone', `Basic ${base64('id%3As')}`],
    ['half an escape', `Basic ${base64('id:%4')}`],
    ['a broken escape', `Basic ${base64('%zz:s')}`],
    ['broken UTF-8', `Basic ${base64('id:%c0%af')}`],
    ['an escaped NUL', `Basic ${base64('id%00:s')}`],
    ['a raw NUL', `Basic ${base64('id\0:s')}`],
    ['a raw byte beyond ASCII', `Basic ${base64('id:\xe4')}`],
    ['a line break', `Basic ${base64('id:s\r\n')}`],
  ])('refuses %s', (_case, header) => {
    expect(() => readBasicCredentials(header)).toThrow(NoClientCredentials)
  })

  it('gives a secret that does not print', () => {
    expect(`${readBasicCredentials(`Basic ${base64('id:s3cret')}`).secret}`).toBe('[secret]')
  })
})
