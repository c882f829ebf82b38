import { NO_ORIGIN, Unavailable } from '@ac/kernel'
import { MovingClock, RecordingLog } from '@ac/kernel/testing'
import { KeyInitialiser, KeyRevoker, KeyRing } from '@ac/key-rotation'
import { FakeKeyCipher, FakeKeyPairs, InMemorySigningKeyStore } from '@ac/key-rotation/testing'
import { describe, expect, it } from '@jest/globals'
import { KeyFollower } from './key-follower.ts'
import { Readiness } from './readiness.ts'

/** A follower that has followed once, in an installation with keys. */
async function following() {
  const clock = new MovingClock()
  const store = new InMemorySigningKeyStore(clock.now)
  const deps = { store, cipher: new FakeKeyCipher(), pairs: new FakeKeyPairs() }
  await new KeyInitialiser(deps).initialise()
  const ring = new KeyRing({ ...deps, clock: clock.now, leaseSeconds: 60 })
  const [readiness, log] = [new Readiness(), new RecordingLog()]
  const follower = new KeyFollower(ring, readiness, log)
  await follower.follow()
  const revokeActive = async () => {
    const active = (await store.read()).keys.find(({ status }) => status === 'active')
    if (active) await new KeyRevoker(deps).revoke({ kid: active.kid, actor: 'acctl' }, NO_ORIGIN)
  }
  return { ...deps, clock, ring, readiness, log, follower, revokeActive }
}

describe('KeyFollower', () => {
  it('leaves a service that is ready, and says nothing of the key that it begins with', async () => {
    const { readiness, log } = await following()
    expect(readiness.report()).toMatchObject({ database: 'ok', signing_key: 'ok' })
    expect(log.lines).toEqual([])
  })

  it('tells of another key once, also when two follow at once', async () => {
    const { ring, log, follower, revokeActive } = await following()
    await revokeActive()
    await Promise.all([follower.follow(), follower.follow()])
    await follower.follow()
    const kid = ring.active()?.kid
    expect(log.lines).toEqual([{ level: 'info', message: 'signing with another key', fields: { kid } }])
  })

  it('is not ready, and says so, when nothing signs any more', async () => {
    const { store, readiness, log, follower } = await following()
    store.put()
    await follower.follow()
    expect(readiness.report()).toMatchObject({ database: 'ok', signing_key: 'unavailable' })
    expect(log.lines.map(({ level, message }) => `${level} ${message}`)).toEqual(['warn signing with no key any more'])
  })

  it('is not ready while the database does not answer, and cannot sign when the lease is over', async () => {
    const { store, clock, readiness, follower } = await following()
    store.fail(new Unavailable('database'))
    await expect(follower.follow()).rejects.toBeInstanceOf(Unavailable)
    expect(readiness.report()).toMatchObject({ database: 'unavailable', signing_key: 'ok' })
    clock.advanceSeconds(61)
    await expect(follower.follow()).rejects.toBeInstanceOf(Unavailable)
    expect(readiness.report()).toMatchObject({ database: 'unavailable', signing_key: 'unavailable' })
    store.fail(undefined)
    await follower.follow()
    expect(readiness.report()).toMatchObject({ database: 'ok', signing_key: 'ok' })
  })

  it('does not blame the database for a key that does not open', async () => {
    const { store, readiness, follower } = await following()
    const { keys } = await store.read()
    const foreign = { ...(await new FakeKeyPairs().generate()), sealedPrivateKey: new Uint8Array() }
    store.put(...keys.map((key) => (key.status === 'next' ? { ...key, ...foreign } : key)))
    await expect(follower.follow()).rejects.toMatchObject({ code: 'sealed_key_rejected' })
    expect(readiness.report()).toMatchObject({ database: 'ok', signing_key: 'ok' })
  })
})
