import { randomBytes } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { found } from './spellings.ts'

const hidden = fc.record({
  before: fc.uint8Array({ maxLength: 9 }),
  bytes: fc.uint8Array({ minLength: 16, maxLength: 40 }),
  after: fc.uint8Array({ maxLength: 9 }),
})

describe('the search for leaked bytes', () => {
  it.each<[string, (all: Buffer) => string]>([
    ['hex', (all) => all.toString('hex')],
    ['capital hex', (all) => all.toString('hex').toUpperCase()],
    ['base64', (all) => all.toString('base64')],
    ['base64url', (all) => all.toString('base64url')],
    ['raw bytes', (all) => all.toString('latin1')],
    ['a list of numbers', (all) => JSON.stringify([...all])],
    ['a bytea', (all) => `(a,"\\\\x${all.toString('hex')}")`],
    ['base64 in a bytea', (all) => `(a,"\\\\x${Buffer.from(all.toString('base64')).toString('hex')}")`],
  ])('finds them as %s, whatever stands around them', (_, write) => {
    fc.assert(
      fc.property(hidden, ({ before, bytes, after }) => {
        const text = write(Buffer.concat([before, bytes, after]))
        expect(found(text, { secret: bytes, other: randomBytes(16) })).toEqual(['secret'])
      }),
    )
  })
})
