import { describe, expect, it } from '@jest/globals'
import { keyId, NO_ORIGIN, Unavailable, type KeyId } from '@ac/kernel'
import { KeyLifeFixture } from './testing/key-life-fixture.ts'

const DAY = 24 * 3600

const revoke = (fixture: KeyLifeFixture, kid: KeyId) => fixture.revoker.revoke({ kid, actor: 'svc_a' }, NO_ORIGIN)

const typesOf = ({ store }: KeyLifeFixture) => store.events.map(({ type, reason, target }) => [type, reason, target])

describe('KeyRevoker', () => {
  it('has the next key sign at once in the place of a revoked active one, however young it is', async () => {
    const fixture = await KeyLifeFixture.begun()
    const [active, next] = [await fixture.the('active'), await fixture.the('next')]
    fixture.clock.advanceSeconds(1)
    await revoke(fixture, active.kid)
    expect(await fixture.the('active')).toMatchObject({ kid: next.kid, activatedAt: fixture.clock.now() })
    expect((await fixture.the('revoked')).kid).toBe(active.kid)
    const made = await fixture.the('next')
    expect(typesOf(fixture)).toEqual([
      ['signing_key.revoked', undefined, active.kid],
      ['signing_key.rotated', 'revocation', next.kid],
      ['signing_key.created', undefined, made.kid],
    ])
  })

  it('puts a new next key in the place of a revoked one', async () => {
    const fixture = await KeyLifeFixture.begun()
    const [active, next] = [await fixture.the('active'), await fixture.the('next')]
    await revoke(fixture, next.kid)
    const made = await fixture.the('next')
    expect([(await fixture.the('revoked')).kid, (await fixture.the('active')).kid]).toEqual([next.kid, active.kid])
    expect(typesOf(fixture)).toEqual([
      ['signing_key.revoked', undefined, next.kid],
      ['signing_key.created', undefined, made.kid],
    ])
  })

  it('makes no key for a retiring one', async () => {
    const fixture = await KeyLifeFixture.begun()
    fixture.clock.advanceSeconds(6 * DAY)
    await fixture.rotator.rotate({ forced: false, actor: 'svc_a' }, NO_ORIGIN)
    fixture.store.events.length = 0
    const { kid } = await fixture.the('retiring')
    await revoke(fixture, kid)
    expect(await fixture.statuses()).toEqual(['active', 'next', 'revoked'])
    expect(typesOf(fixture)).toEqual([['signing_key.revoked', undefined, kid]])
  })

  it('gives the key as it is now: its private half destroyed, its time over', async () => {
    const fixture = await KeyLifeFixture.begun()
    const { kid, createdAt, activatedAt } = await fixture.the('active')
    fixture.clock.advanceSeconds(1)
    const key = await revoke(fixture, kid)
    expect(key).toEqual(await fixture.the('revoked'))
    expect(key).toMatchObject({ kid, createdAt, activatedAt, retiresAt: fixture.clock.now() })
    expect(key.sealedPrivateKey).toHaveLength(0)
  })

  it('leaves the time of a key that had left the published set before', async () => {
    const fixture = await KeyLifeFixture.begun()
    fixture.clock.advanceSeconds(6 * DAY)
    await fixture.rotator.rotate({ forced: false, actor: 'svc_a' }, NO_ORIGIN)
    const { kid, retiresAt } = await fixture.the('retiring')
    fixture.clock.advanceSeconds(30 * DAY)
    expect((await revoke(fixture, kid)).retiresAt).toEqual(retiresAt)
  })

  it('revokes one key after the other, and always leaves one that signs and one that waits', async () => {
    const fixture = await KeyLifeFixture.begun()
    for (let count = 1; count <= 5; count++) {
      await revoke(fixture, (await fixture.the('active')).kid)
      expect(await fixture.statuses()).toEqual(['active', 'next', ...Array<string>(count).fill('revoked')])
    }
  })

  it.each([
    ['knows no key of another id', keyId('0'.repeat(43)), 'unknown_signing_key'],
    ['knows no key of no id', keyId(''), 'unknown_signing_key'],
  ])('%s', async (_case, kid, code) => {
    const fixture = await KeyLifeFixture.begun()
    const before = (await fixture.store.read()).keys
    await expect(revoke(fixture, kid)).rejects.toMatchObject({ code })
    expect([(await fixture.store.read()).keys, fixture.store.events]).toEqual([before, []])
  })

  it('revokes no key twice, also when eight ask for it at once', async () => {
    const fixture = await KeyLifeFixture.begun()
    const { kid } = await fixture.the('active')
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => revoke(fixture, kid)))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await expect(revoke(fixture, kid)).rejects.toMatchObject({ code: 'signing_key_revoked' })
    expect(await fixture.statuses()).toEqual(['active', 'next', 'revoked'])
  })

  it('signs with a new key where the next one was lost by hand', async () => {
    const fixture = await KeyLifeFixture.begun()
    const active = await fixture.the('active')
    fixture.store.put(active)
    await revoke(fixture, active.kid)
    expect(await fixture.statuses()).toEqual(['active', 'revoked'])
  })

  it('changes nothing while no new key can be sealed', async () => {
    const fixture = await KeyLifeFixture.begun()
    const before = (await fixture.store.read()).keys
    fixture.cipher.fail(new Unavailable('vault'))
    await expect(revoke(fixture, (await fixture.the('active')).kid)).rejects.toBeInstanceOf(Unavailable)
    expect((await fixture.store.read()).keys).toEqual(before)
  })
})
