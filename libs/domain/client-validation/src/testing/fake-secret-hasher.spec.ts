import { describe, expect, it } from '@jest/globals'
import { Overloaded, Secret } from '@ac/kernel'
import { FakeSecretHasher } from './fake-secret-hasher.ts'
import { secretHasherContract } from './secret-hasher-contract.ts'

secretHasherContract('FakeSecretHasher', () => new FakeSecretHasher())

describe('FakeSecretHasher', () => {
  it('answers nothing while it is held, and everything afterwards', async () => {
    const hasher = new FakeSecretHasher()
    const release = hasher.hold()
    let answered = false
    const hash = hasher.hash(new Secret('a')).finally(() => (answered = true))
    await Promise.resolve()
    expect([answered, hasher.calls.hash]).toEqual([false, 1])
    release()
    expect(await hasher.verify(await hash, new Secret('a'))).toBe(true)
  })

  it('refuses every call while it is overloaded', async () => {
    const hasher = new FakeSecretHasher()
    hasher.overload()
    await expect(hasher.verify('', new Secret('a'))).rejects.toThrow(Overloaded)
    hasher.overload(false)
    expect(await hasher.verify('', new Secret('a'))).toBe(false)
  })
})
