import { describe, expect, it } from '@jest/globals'
import { Overloaded, secretId, type Scope, type SecretId } from '@ac/kernel'
import { MovingClock } from '@ac/kernel/testing'
import type { Client } from '../client.ts'
import { isClientSecret } from '../client-secret-format.ts'
import { aClient } from '../testing/a-client.ts'
import { anAdministrator } from '../testing/an-administrator.ts'
import { aStoredSecret } from '../testing/a-stored-secret.ts'
import { FakeSecretHasher } from '../testing/fake-secret-hasher.ts'
import { FakeSecretMacMaker } from '../testing/fake-secret-mac-maker.ts'
import { InMemoryClients } from '../testing/in-memory-clients.ts'
import { seededRandomBytes } from '../testing/seeded-random-bytes.ts'
import type { AdministrativeAct } from './client-administrator.ts'
import { MAX_GRACE_SECONDS } from './invalid-grace.ts'
import { SecretRotator } from './secret-rotator.ts'

const { id } = aClient()
const ORIGIN = { requestId: 'r-1', source: 'h:0123456789abcdef', traceId: undefined }
const DAY = 86_400

function fixture(over: Partial<Client> = {}) {
  const clients = new InMemoryClients()
  const [macs, hasher, clock] = [new FakeSecretMacMaker(), new FakeSecretHasher(), new MovingClock()]
  const first = aStoredSecret({ createdAt: new Date(0) })
  clients.put(aClient(over), first)
  const randomBytes = seededRandomBytes()
  const rotator = new SecretRotator({ registry: clients, macs, hasher, randomBytes, clock: clock.now })
  const act = (given: Partial<AdministrativeAct>) => ({ by: anAdministrator(), origin: ORIGIN, ...given })
  const rotate = async (graceSeconds: number, given: Partial<AdministrativeAct> = {}) => {
    clock.advanceSeconds(1)
    return rotator.rotate(id, graceSeconds, act(given))
  }
  const revoke = (secret: SecretId, given: Partial<AdministrativeAct> = {}) => rotator.revoke(id, secret, act(given))
  /** Every stored secret and its end in seconds from now, newest first. */
  const ends = async () =>
    (await clients.get(id))?.secrets.map((secret) => [
      secret.id,
      secret.expiresAt && (secret.expiresAt.getTime() - clock.now().getTime()) / 1000,
    ])
  const version = async () => (await clients.get(id))?.client.version
  return { clients, macs, hasher, clock, first, rotate, revoke, ends, version, rotator, act }
}

describe('SecretRotator.rotate', () => {
  it('makes a secret like that of a registration, without an end, and shows it once', async () => {
    const { rotate, clients, hasher, macs, clock } = fixture()
    const { secret, secretId: made } = await rotate(DAY)
    const [stored] = (await clients.get(id))?.secrets ?? []
    expect(isClientSecret(secret.reveal())).toBe(true)
    expect(stored).toMatchObject({ id: made, createdAt: clock.now(), expiresAt: undefined, lastUsedAt: undefined })
    expect(stored && (await hasher.verify(stored.hash, secret))).toBe(true)
    expect(stored && macs.same(stored.mac, macs.make(id, secret))).toBe(true)
    expect(JSON.stringify(clients.events)).not.toContain(secret.reveal())
  })

  it('lets the replaced secret work for the grace, and says until when', async () => {
    const { rotate, ends, first, clock } = fixture()
    const { secretId: made, previousExpiresAt } = await rotate(DAY)
    expect(await ends()).toEqual([
      [made, undefined],
      [first.id, DAY],
    ])
    expect(previousExpiresAt).toEqual(new Date(clock.now().getTime() + DAY * 1000))
  })

  it('without grace ends the replaced secret now: nothing of it is left, whatever clock is asked', async () => {
    const { rotate, ends, clock } = fixture()
    const { secretId: made, previousExpiresAt } = await rotate(0)
    expect(await ends()).toEqual([[made, undefined]])
    expect(previousExpiresAt).toEqual(clock.now())
  })

  it('refuses a third live secret, leaves both as they are, and hashes nothing for it', async () => {
    const { rotate, ends, hasher, clients } = fixture()
    await rotate(DAY)
    const before = await ends()
    await expect(rotate(DAY)).rejects.toMatchObject({ code: 'secret_rotation_pending' })
    expect((await ends())?.map(([secret]) => secret)).toEqual(before?.map(([secret]) => secret))
    expect([hasher.calls.hash, clients.events.length]).toEqual([1, 1])
  })

  it('without grace ends both of two live secrets', async () => {
    const { rotate, ends } = fixture()
    await rotate(DAY)
    const { secretId: made } = await rotate(0)
    expect(await ends()).toEqual([[made, undefined]])
  })

  it('can be done again as soon as the replaced secret has expired', async () => {
    const { rotate, ends, first, clock } = fixture()
    const { secretId: second } = await rotate(DAY)
    clock.advanceSeconds(DAY - 1)
    const { secretId: third } = await rotate(DAY)
    expect(await ends()).toEqual([
      [third, undefined],
      [second, DAY],
      [first.id, 0],
    ])
  })

  it('keeps no more than three expired secrets, however often it is done', async () => {
    const { rotate, ends, clock } = fixture()
    for (let round = 0; round < 10; round++) {
      await rotate(1)
      clock.advanceSeconds(5)
    }
    const { secretId: last } = await rotate(1)
    const stored = await ends()
    expect(stored).toHaveLength(5)
    expect(stored?.[0]).toEqual([last, undefined])
  })

  it('gives a client a secret that has none, and has nothing to end', async () => {
    const { clients, rotate } = fixture()
    clients.put(aClient())
    expect((await rotate(DAY)).previousExpiresAt).toBeUndefined()
  })

  it('counts as a change of the client, and is recorded', async () => {
    const { rotate, version, clients, clock } = fixture()
    await rotate(DAY)
    expect(await version()).toBe(2)
    expect((await clients.get(id))?.client.updatedAt).toEqual(clock.now())
    expect(clients.events).toEqual([
      {
        type: 'client.secret_rotated',
        outcome: 'success',
        reason: undefined,
        occurredAt: clock.now(),
        actor: anAdministrator().id,
        target: id,
        origin: ORIGIN,
      },
    ])
  })

  it.each([-1, 0.5, Number.NaN, Infinity, MAX_GRACE_SECONDS + 1])('refuses a grace of %d seconds', async (grace) => {
    const { rotate, version } = fixture()
    await expect(rotate(grace)).rejects.toMatchObject({ code: 'invalid_grace' })
    expect(await version()).toBe(1)
  })

  it('takes the longest grace', async () => {
    const { rotate, ends, first } = fixture()
    await rotate(MAX_GRACE_SECONDS)
    expect(await ends()).toContainEqual([first.id, MAX_GRACE_SECONDS])
  })

  it('lets one of two concurrent rotations with grace win, and the other change nothing', async () => {
    const { rotator, act, ends, hasher } = fixture()
    const release = hasher.hold()
    const both = [rotator.rotate(id, DAY, act({})), rotator.rotate(id, DAY, act({}))]
    release()
    const outcomes = await Promise.allSettled(both)
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(await ends()).toHaveLength(2)
  })

  it('writes nothing when too many hashes are waiting', async () => {
    const { rotate, hasher, version } = fixture()
    hasher.overload()
    await expect(rotate(0)).rejects.toThrow(Overloaded)
    expect(await version()).toBe(1)
  })
})

describe('SecretRotator.revoke', () => {
  it('ends the secret that it names, and no other', async () => {
    const { rotate, revoke, ends, first } = fixture()
    const { secretId: made } = await rotate(DAY)
    await revoke(first.id)
    expect(await ends()).toEqual([[made, undefined]])
  })

  it('ends the newest as well, and leaves the other its end', async () => {
    const { rotate, revoke, ends, first } = fixture()
    const { secretId: made } = await rotate(DAY)
    await revoke(made)
    expect(await ends()).toEqual([[first.id, DAY]])
    await revoke(first.id)
    expect(await ends()).toEqual([])
  })

  it('counts as a change of the client, and is recorded', async () => {
    const { revoke, version, clients, first } = fixture()
    await revoke(first.id)
    expect(await version()).toBe(2)
    expect(clients.events).toMatchObject([{ type: 'client.secret_revoked', target: id, origin: ORIGIN }])
  })

  it('knows no secret that is not there, or that has ended by itself', async () => {
    const { rotate, revoke, first, clock, version } = fixture()
    await rotate(DAY)
    clock.advanceSeconds(DAY)
    for (const secret of [first.id, secretId('sec_none')]) {
      await expect(revoke(secret)).rejects.toMatchObject({ code: 'unknown_secret' })
    }
    expect(await version()).toBe(2)
  })
})

describe('whoever changes secrets', () => {
  const holder = { scopes: ['a', 'root:keys'] as readonly string[] as readonly Scope[] }

  it('needs every privileged scope of the client, since its secret gives them all', async () => {
    const { rotate, revoke, ends, first, hasher } = fixture(holder)
    for (const act of [rotate(0), rotate(DAY), revoke(first.id)]) {
      await expect(act).rejects.toMatchObject({ code: 'privilege_missing', scopes: ['root:keys'], target: id })
    }
    expect([await ends(), hasher.calls.hash]).toEqual([[[first.id, undefined]], 0])
    await rotate(DAY, { by: anAdministrator('root:keys') })
  })

  it('is stopped even if the client got the scope after the first look at it', async () => {
    const { clients, hasher, rotator, act, first, ends } = fixture()
    const release = hasher.hold()
    const rotation = rotator.rotate(id, 0, act({}))
    await Promise.resolve()
    clients.put(aClient(holder), first)
    release()
    await expect(rotation).rejects.toMatchObject({ code: 'privilege_missing' })
    expect(await ends()).toEqual([[first.id, undefined]])
  })

  it('is stopped when the client is at another version than expected', async () => {
    const { rotate, revoke, first, version } = fixture()
    const stale = { expects: () => false }
    await expect(rotate(0, stale)).rejects.toMatchObject({ code: 'client_changed' })
    await expect(revoke(first.id, stale)).rejects.toMatchObject({ code: 'client_changed' })
    expect(await version()).toBe(1)
  })

  it('finds no client that is not there', async () => {
    const { clients, rotate, revoke, first } = fixture()
    await clients.remove(id, () => ({ ...clients.events[0], type: 'client.deleted' }) as never)
    await expect(rotate(0)).rejects.toMatchObject({ code: 'unknown_client' })
    await expect(revoke(first.id)).rejects.toMatchObject({ code: 'unknown_client' })
  })
})
