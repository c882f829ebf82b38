import { describe, expect, it } from '@jest/globals'
import { keyId, Unavailable } from '@ac/kernel'
import { MovingClock } from '@ac/kernel/testing'
import { aSigningKey } from './a-signing-key.ts'
import { InMemorySigningKeyStore } from './in-memory-signing-key-store.ts'
import { signingKeyStoreContract } from './signing-key-store-contract.ts'

signingKeyStoreContract('InMemorySigningKeyStore', async () => {
  const store = new InMemorySigningKeyStore(new MovingClock().now)
  return { store, events: async () => store.events }
})

describe('InMemorySigningKeyStore', () => {
  it('lists what was put there, newest first', async () => {
    const store = new InMemorySigningKeyStore(new MovingClock().now)
    const old = aSigningKey({ status: 'retiring' })
    const young = aSigningKey({ kid: keyId('young'), createdAt: new Date('2026-02-01T00:00:00.000Z') })
    store.put(old, young)
    expect((await store.read()).keys).toEqual([young, old])
  })

  it('fails every call while it is told to, and writes nothing', async () => {
    const store = new InMemorySigningKeyStore(new MovingClock().now)
    store.fail(new Unavailable('key store'))
    await expect(store.read()).rejects.toThrow(Unavailable)
    const changed = store.change(() => ({ result: undefined, write: [aSigningKey()], events: [] }))
    await expect(changed).rejects.toThrow(Unavailable)
    store.fail(undefined)
    expect((await store.read()).keys).toEqual([])
  })
})
