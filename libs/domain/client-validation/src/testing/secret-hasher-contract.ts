import { describe, expect, it } from '@jest/globals'
import { Secret } from '@ac/kernel'
import type { SecretHasher } from '../ports/secret-hasher.ts'

const secret = new Secret('acs_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg123456')

/** What every {@link SecretHasher} promises. Few calls: a real one takes tens of milliseconds for each. */
export function secretHasherContract(name: string, create: () => SecretHasher): void {
  describe(`${name} keeps the SecretHasher contract`, () => {
    it('recognises the secret that a hash was made of, and no other', async () => {
      const hasher = create()
      const hash = await hasher.hash(secret)
      expect(await hasher.verify(hash, secret)).toBe(true)
      for (const other of ['', secret.reveal().slice(1), secret.reveal().toLowerCase(), `${secret.reveal()} `]) {
        expect(await hasher.verify(hash, new Secret(other))).toBe(false)
      }
    })

    it('makes argon2id in PHC string format, in which the secret is not to be read', async () => {
      const hash = await create().hash(secret)
      expect(hash).toMatch(/^\$argon2id\$v=\d+\$m=\d+,t=\d+,p=\d+\$[^$]+\$[^$]+$/)
      expect(hash).not.toContain(secret.reveal())
    })

    it('never makes the same hash twice', async () => {
      const hasher = create()
      expect(await hasher.hash(secret)).not.toBe(await hasher.hash(secret))
    })

    it('recognises a hash that another instance made', async () => {
      expect(await create().verify(await create().hash(secret), secret)).toBe(true)
    })

    it('gives each of several concurrent calls its own answer', async () => {
      const hasher = create()
      const hash = await hasher.hash(secret)
      const presented = [secret, new Secret('b'), secret, new Secret('c')]
      expect(await Promise.all(presented.map((each) => hasher.verify(hash, each)))).toEqual([true, false, true, false])
    })

    it('matches nothing with a text that is no argon2id hash', async () => {
      const hasher = create()
      const hash = await hasher.hash(secret)
      const texts = [
        '',
        secret.reveal(),
        '$',
        '$argon2id$',
        hash.slice(0, hash.lastIndexOf('$')),
        hash.slice(0, hash.lastIndexOf('$') + 1),
        hash.replace('$argon2id$', '$argon2i$'),
        hash.replace('$argon2id$', '$scrypt$'),
        '$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy',
        'hash\0',
      ]
      for (const text of texts) expect([text, await hasher.verify(text, secret)]).toEqual([text, false])
    })
  })
}
