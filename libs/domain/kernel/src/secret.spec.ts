import { describe, expect, it } from '@jest/globals'
import { Secret } from './secret.ts'

describe('Secret', () => {
  const secret = new Secret('hunter2')

  it('gives its value only when asked for it', () => {
    expect(secret.reveal()).toBe('hunter2')
  })

  it('prints as a placeholder in text, in JSON and when inspected', () => {
    const inspect = Reflect.get(secret, Symbol.for('nodejs.util.inspect.custom')) as () => string
    expect([`${secret}`, JSON.stringify({ secret }), inspect.call(secret)]).toEqual([
      '[secret]',
      '{"secret":"[secret]"}',
      '[secret]',
    ])
  })

  it('has no property that holds the value', () => {
    expect(Object.values(secret)).toEqual([])
    expect(JSON.stringify({ ...secret })).toBe('{}')
  })
})
