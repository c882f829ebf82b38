import { describe, expect, it } from '@jest/globals'
import { keyId, NO_ORIGIN, type AuditEvent, type KeyId } from '@ac/kernel'
import { auditEvent } from '@ac/kernel/testing'
import type { KeySet, KeySetChange, SigningKeyStore } from '../ports/signing-key-store.ts'
import { activated, retired, revoked, waitingKey, type SigningKey, type StoredKey } from '../signing-key.ts'

/** An empty store under test, with a way to read back the audit events that it has committed, oldest first. */
export interface SigningKeyStoreUnderTest {
  readonly store: SigningKeyStore
  events(): Promise<readonly AuditEvent[]>
}

const HOUR_MS = 3_600_000

/** The nth of several keys; its sealed bytes hold every value that a byte may have. */
const storedKey = (number: number): StoredKey => {
  const digits = String(number).padStart(42, '0')
  return {
    kid: keyId(`${digits}A`),
    publicKey: { kty: 'OKP', crv: 'Ed25519', x: `${digits.replaceAll('0', '_')}A` },
    sealedPrivateKey: Uint8Array.from({ length: 512 }, (_, index) => (index + number) & 0xff),
  }
}

const created = (kid: KeyId): AuditEvent =>
  auditEvent({ type: 'signing_key.created', actor: 'system', target: kid, origin: NO_ORIGIN })

/** Decides to begin with an active and a next key, the nth of several such pairs, unless there are keys. */
const beginWith =
  (number: number) =>
  ({ now, keys }: KeySet): KeySetChange<boolean> => {
    if (keys.length > 0) return { result: false, write: [], events: [] }
    const [active, next] = [storedKey(2 * number), storedKey(2 * number + 1)]
    return {
      result: true,
      write: [activated(waitingKey(active, now), now), waitingKey(next, now)],
      events: [created(active.kid), created(next.kid)],
    }
  }

/** Decides to promote the next key, if the active one is `expected`, and to have `made` wait. */
const rotateFrom =
  (expected: KeyId, made: StoredKey) =>
  ({ now, keys }: KeySet): KeySetChange<boolean> => {
    const [active, next] = [withStatus(keys, 'active'), withStatus(keys, 'next')]
    if (active?.kid !== expected || !next) return { result: false, write: [], events: [] }
    const until = new Date(now.getTime() + HOUR_MS)
    return {
      result: true,
      write: [retired(active, until), activated(next, now), waitingKey(made, now)],
      events: [created(made.kid)],
    }
  }

const withStatus = (keys: readonly SigningKey[], status: string): SigningKey | undefined =>
  keys.find((key) => key.status === status)

/** What can be compared of keys: sealed bytes as numbers, since drivers give their own kinds of byte array. */
const comparable = (keys: readonly SigningKey[]): readonly unknown[] =>
  keys
    .map((key) => ({ ...key, sealedPrivateKey: [...key.sealedPrivateKey] }))
    .toSorted((one, other) => one.kid.localeCompare(other.kid))

const statuses = async (store: SigningKeyStore): Promise<readonly string[]> =>
  (await store.read()).keys.map(({ status }) => status).toSorted()

/** A store that holds its first active and next key. */
async function begun(create: () => Promise<SigningKeyStoreUnderTest>) {
  const under = await create()
  await under.store.change(beginWith(0))
  const { keys } = await under.store.read()
  const [active, next] = [withStatus(keys, 'active'), withStatus(keys, 'next')]
  if (!active || !next) throw new Error('the store lacks what was just written')
  return { ...under, active, next }
}

/** What every {@link SigningKeyStore} promises. `create` makes an empty one for each test. */
export function signingKeyStoreContract(name: string, create: () => Promise<SigningKeyStoreUnderTest>): void {
  describe(`${name} keeps the SigningKeyStore contract`, () => {
    it('holds nothing at first, and knows the time', async () => {
      const { store, events } = await create()
      expect(await store.read()).toEqual({ now: expect.any(Date), keys: [] })
      expect(await events()).toEqual([])
    })

    it('keeps every field of new keys, byte for byte, and commits their events with them', async () => {
      const { store, events } = await create()
      const decided: KeySetChange<boolean>[] = []
      await store.change((keySet) => {
        const change = beginWith(1)(keySet)
        decided.push(change)
        return change
      })
      expect(comparable((await store.read()).keys)).toEqual(comparable(decided[0]?.write ?? []))
      expect(await events()).toEqual(decided[0]?.events)
    })

    it('keeps every field of keys that change, and leaves the others as they are', async () => {
      const { store, active, next } = await begun(create)
      const before = (await store.read()).now
      const until = new Date(before.getTime() + HOUR_MS)
      const write = [retired(active, until), activated(next, before)]
      await store.change(() => ({ result: undefined, write, events: [] }))
      expect(comparable((await store.read()).keys)).toEqual(comparable(write))
      const gone = revoked(retired(active, until), before)
      await store.change(() => ({ result: undefined, write: [gone], events: [] }))
      expect(comparable((await store.read()).keys)).toEqual(comparable([gone, activated(next, before)]))
    })

    it('gives the result of the decision, which sees what is held and a clock that does not run backwards', async () => {
      const { store } = await begun(create)
      const before = await store.read()
      const seen = await store.change((keySet) => ({ result: keySet, write: [], events: [] }))
      const after = await store.read()
      expect(comparable(seen.keys)).toEqual(comparable(before.keys))
      expect(seen.now.getTime()).toBeGreaterThanOrEqual(before.now.getTime())
      expect(after.now.getTime()).toBeGreaterThanOrEqual(seen.now.getTime())
    })

    it('commits events alone when no key changes', async () => {
      const { store, events } = await create()
      const refused = auditEvent({ type: 'signing_key.rotation_refused', outcome: 'failure', reason: 'interval' })
      await store.change(() => ({ result: undefined, write: [], events: [refused] }))
      expect([await events(), (await store.read()).keys]).toEqual([[refused], []])
    })

    it('changes nothing when the decision throws, and throws the same', async () => {
      const { store, events } = await begun(create)
      const before = [comparable((await store.read()).keys), await events()]
      const failure = new Error('not today')
      const changed = store.change(() => {
        throw failure
      })
      await expect(changed).rejects.toBe(failure)
      expect([comparable((await store.read()).keys), await events()]).toEqual(before)
    })

    it.each(['active', 'next'] as const)('refuses a second %s key, and with it the whole change', async (status) => {
      const { store, events } = await begun(create)
      const before = [comparable((await store.read()).keys), await events()]
      const changed = store.change(({ now }) => ({
        result: undefined,
        write: [{ ...activated(waitingKey(storedKey(7), now), now), status }],
        events: [auditEvent()],
      }))
      await expect(changed).rejects.toThrow(Error)
      expect([comparable((await store.read()).keys), await events()]).toEqual(before)
    })

    it('lets exactly one of eight concurrent calls begin, and shows its keys to the others', async () => {
      const { store, events } = await create()
      const outcomes = await Promise.all(
        Array.from({ length: 8 }, async (_, number) => {
          const result = await store.change(beginWith(number))
          return { number, result, seen: comparable((await store.read()).keys) }
        }),
      )
      const [winner, ...others] = outcomes.filter(({ result }) => result)
      const held = (await store.read()).keys
      expect(others).toEqual([])
      expect(new Set(held.map(({ kid }) => kid))).toEqual(
        new Set([0, 1].map((place) => storedKey(2 * Number(winner?.number) + place).kid)),
      )
      expect(outcomes.map(({ seen }) => seen)).toEqual(outcomes.map(() => comparable(held)))
      expect(await events()).toHaveLength(2)
    })

    it('lets exactly one of eight concurrent rotations replace the active key that all of them expect', async () => {
      const { store, active, next, events } = await begun(create)
      const rivals = Array.from({ length: 8 }, (_, index) => storedKey(100 + index))
      const rotated = await Promise.all(rivals.map((made) => store.change(rotateFrom(active.kid, made))))
      const winner = rivals[rotated.indexOf(true)]
      expect(rotated.filter(Boolean)).toHaveLength(1)
      expect(await statuses(store)).toEqual(['active', 'next', 'retiring'])
      const { keys } = await store.read()
      expect([withStatus(keys, 'active')?.kid, withStatus(keys, 'next')?.kid]).toEqual([next.kid, winner?.kid])
      expect((await events()).map(({ target }) => target)).toEqual([active.kid, next.kid, winner?.kid])
    })

    it('lets each of eight concurrent rotations see the one before it', async () => {
      const { store } = await begun(create)
      const seen = await Promise.all(
        Array.from({ length: 8 }, (_, index) =>
          store.change((keySet) => {
            const active = withStatus(keySet.keys, 'active')?.kid ?? keyId('none')
            return { ...rotateFrom(active, storedKey(100 + index))(keySet), result: active }
          }),
        ),
      )
      expect(new Set(seen).size).toBe(8)
      expect(await statuses(store)).toEqual(['active', 'next', ...Array<string>(8).fill('retiring')])
    })

    it('never shows half of what is being written', async () => {
      const { store, active } = await begun(create)
      const written = store.change(rotateFrom(active.kid, storedKey(100)))
      const seen = await Promise.all(Array.from({ length: 20 }, () => statuses(store)))
      await written
      for (const each of seen) expect(['active,next', 'active,next,retiring']).toContain(each.join())
    })
  })
}
