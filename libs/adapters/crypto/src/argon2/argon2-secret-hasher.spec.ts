import { describe, expect, it } from '@jest/globals'
import { secretHasherContract } from '@ac/client-validation/testing'
import { Overloaded, Secret } from '@ac/kernel'
import { Argon2SecretHasher } from './argon2-secret-hasher.ts'

const cheap = { memoryKiB: 256, iterations: 1 }
const secret = new Secret('acs_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg123456')

secretHasherContract('Argon2SecretHasher', () => new Argon2SecretHasher(cheap))

describe('Argon2SecretHasher', () => {
  it('hashes with 19 MiB, two passes and one lane unless told otherwise', async () => {
    const hasher = new Argon2SecretHasher()
    const hash = await hasher.hash(secret)
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
    expect(await hasher.verify(hash, secret)).toBe(true)
  })

  it('hashes at the cost that it was told', async () => {
    const hasher = new Argon2SecretHasher({ memoryKiB: 512, iterations: 3, parallelism: 2 })
    expect(await hasher.hash(secret)).toContain('$m=512,t=3,p=2$')
  })

  it('recognises a hash of the reference implementation', async () => {
    const hash = '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4'
    const hasher = new Argon2SecretHasher()
    expect(await hasher.verify(hash, new Secret('password'))).toBe(true)
    expect(await hasher.verify(hash, new Secret('Password'))).toBe(false)
  })

  it('refuses a stored hash of absurd cost without computing it, and computes one of the highest cost allowed', async () => {
    const computesNothing = new Argon2SecretHasher({ running: 0, waiting: 0 })
    const stored = (parameters: string): string =>
      `$argon2id$v=19$${parameters}$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4`
    for (const parameters of [
      'm=65537,t=2,p=1',
      'm=19456,t=11,p=1',
      'm=19456,t=2,p=5',
      'm=1,t=2,p=1',
      'm=64,t=0,p=1',
    ]) {
      expect([parameters, await computesNothing.verify(stored(parameters), secret)]).toEqual([parameters, false])
    }
    await expect(computesNothing.verify(stored('m=65536,t=10,p=4'), secret)).rejects.toBeInstanceOf(Overloaded)
  })

  it('says that it is overloaded when too many calls wait, and serves those that it took', async () => {
    const hasher = new Argon2SecretHasher({ ...cheap, running: 1, waiting: 1 })
    const hash = await hasher.hash(secret)
    const taken = [hasher.verify(hash, secret), hasher.verify(hash, new Secret('other'))]
    await expect(hasher.verify(hash, secret)).rejects.toMatchObject({ code: 'overloaded', queue: 'argon2' })
    await expect(hasher.hash(secret)).rejects.toMatchObject({ code: 'overloaded', queue: 'argon2' })
    expect(await Promise.all(taken)).toEqual([true, false])
    expect(await hasher.verify(hash, secret)).toBe(true)
  })

  it('runs one and lets 64 wait unless told otherwise', async () => {
    const hasher = new Argon2SecretHasher(cheap)
    const results = await Promise.allSettled(Array.from({ length: 66 }, () => hasher.hash(secret)))
    expect(results.map(({ status }) => status)).toEqual([...Array<string>(65).fill('fulfilled'), 'rejected'])
  })

  it('goes on after argon2 itself has failed', async () => {
    const hasher = new Argon2SecretHasher({ ...cheap, running: 1, waiting: 0 })
    const unreadable: unknown = { reveal: () => undefined }
    await expect(hasher.hash(unreadable as Secret)).rejects.toMatchObject({ name: 'TypeError' })
    expect(await hasher.verify(await hasher.hash(secret), secret)).toBe(true)
  })

  it('refuses to be made with a cost that it would not verify', () => {
    expect(() => new Argon2SecretHasher({ memoryKiB: 65_537 })).toThrow(RangeError)
  })
})
