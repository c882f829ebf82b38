import { describe, expect, it } from '@jest/globals'
import { keyId, Unavailable } from '@ac/kernel'
import { FakeKeyCipher } from './fake-key-cipher.ts'
import { keyCipherContract } from './key-cipher-contract.ts'

keyCipherContract('FakeKeyCipher', () => new FakeKeyCipher())

describe('FakeKeyCipher', () => {
  it('opens what another one of the same master sealed, and nothing of another master', async () => {
    const sealed = await new FakeKeyCipher('one').seal(keyId('a'), Uint8Array.of(1, 2, 3))
    expect([...(await new FakeKeyCipher('one').open(keyId('a'), sealed))]).toEqual([1, 2, 3])
    const refused = new FakeKeyCipher('other').open(keyId('a'), sealed)
    await expect(refused).rejects.toMatchObject({ code: 'sealed_key_rejected', fault: 'unknown_master_key' })
  })

  it('opens what was sealed under a previous master, and does not call it current', async () => {
    const sealed = await new FakeKeyCipher('one').seal(keyId('a'), Uint8Array.of(1, 2, 3))
    const cipher = new FakeKeyCipher('two', 'one')
    expect([...(await cipher.open(keyId('a'), sealed))]).toEqual([1, 2, 3])
    expect(await cipher.isCurrent(sealed)).toBe(false)
  })

  it('fails every call while it is told to', async () => {
    const cipher = new FakeKeyCipher()
    cipher.fail(new Unavailable('vault'))
    await expect(cipher.seal(keyId('a'), Uint8Array.of(1))).rejects.toThrow(Unavailable)
    await expect(cipher.open(keyId('a'), Uint8Array.of(1))).rejects.toThrow(Unavailable)
    await expect(cipher.isCurrent(Uint8Array.of(1))).rejects.toThrow(Unavailable)
  })
})
