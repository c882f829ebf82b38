import { Unavailable } from '@ac/kernel'
import { MovingClock, RecordingLog } from '@ac/kernel/testing'
import { KeyInitialiser, KeyRing, SealedKeyRejected } from '@ac/key-rotation'
import { FakeKeyCipher, FakeKeyPairs, InMemorySigningKeyStore } from '@ac/key-rotation/testing'
import { describe, expect, it } from '@jest/globals'
import { Preparation } from './preparation.ts'
import { SchemaOutdated, type Storage } from './storage.ts'

/** A preparation over a storage whose looks at itself fail one after the other with `failures`, and then no more. */
function preparation(failures: readonly Error[]) {
  const log = new RecordingLog()
  const acts: string[] = []
  const left = [...failures]
  const storage: Storage = {
    check: async () => {
      acts.push('check')
      const failure = left.shift()
      if (failure) throw failure
    },
    purge: async () => undefined,
    probe: async () => ({ writable: true, clockAheadMs: 0 }),
    recordSecretUses: async () => undefined,
    maintain: async () => void acts.push('maintain'),
    checkpoint: async () => {},
    countForeignMacs: async () => void acts.push('count'),
    close: async () => undefined,
  }
  const clock = new MovingClock().now
  const store = new InMemorySigningKeyStore(clock)
  const deps = { store, cipher: new FakeKeyCipher(), pairs: new FakeKeyPairs() }
  const ring = new KeyRing({ ...deps, clock, leaseSeconds: 60 })
  const made = new Preparation(storage, ring, new KeyInitialiser(deps), log)
  return { made, ring, store, log, acts, deps }
}

const FOREVER = new AbortController().signal

describe('Preparation', () => {
  it('leaves a service that can sign', async () => {
    const { made, ring, acts } = preparation([])
    await made.complete(FOREVER)
    expect(ring.active()).toBeDefined()
    expect(ring.published()).toHaveLength(2)
    expect(acts).toEqual(['check', 'maintain', 'count'])
  })

  it('makes keys once, and says so', async () => {
    const { made, log, store } = preparation([])
    await made.complete(FOREVER)
    await made.complete(FOREVER)
    expect((await store.read()).keys).toHaveLength(2)
    expect(log.lines.map(({ message }) => message)).toEqual(['made the first signing keys of this installation'])
  })

  it('goes on after the database comes and is migrated, and tells each state once', async () => {
    const { made, log } = preparation([
      new Unavailable('database', { cause: new Error('refused') }),
      new Unavailable('database', { cause: new Error('still refused') }),
      new SchemaOutdated(),
    ])
    await made.complete(FOREVER)
    expect(log.lines.map(({ level, message }) => `${level} ${message}`)).toEqual([
      'warn the database does not answer; trying again',
      'warn the database is not migrated yet (acctl migrate); trying again',
      'info made the first signing keys of this installation',
      'info the database is ready',
    ])
    expect(log.lines[0]?.fields).toEqual({ cause: 'refused' })
  })

  it('gives up at once, and writes nothing, on keys that another master key sealed', async () => {
    const { made, store, deps, acts } = preparation([])
    await new KeyInitialiser({ ...deps, cipher: new FakeKeyCipher('another') }).initialise()
    const before = (await store.read()).keys
    await expect(made.complete(FOREVER)).rejects.toBeInstanceOf(SealedKeyRejected)
    expect((await store.read()).keys).toEqual(before)
    expect(acts).toEqual(['check'])
  })

  it('gives up at once on what waiting does not mend', async () => {
    const { made } = preparation([new TypeError('a fault of ours')])
    await expect(made.complete(FOREVER)).rejects.toBeInstanceOf(TypeError)
  })

  it('ends its wait when the service is told to stop', async () => {
    const { made, acts } = preparation([new Unavailable('database')])
    await expect(made.complete(AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' })
    expect(acts).toEqual(['check'])
  })
})
