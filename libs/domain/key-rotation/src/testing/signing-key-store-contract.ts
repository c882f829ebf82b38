import { describe, expect, it } from '@jest/globals'
import { keyId, NO_ORIGIN, type AuditEvent } from '@ac/kernel'
import { auditEvent } from '@ac/kernel/testing'
import type { FirstKeys, SigningKeyStore } from '../ports/signing-key-store.ts'
import type { StoredKey } from '../signing-key.ts'

/** An empty store under test, with a way to read back the audit events that it has committed, oldest first. */
export interface SigningKeyStoreUnderTest {
  readonly store: SigningKeyStore
  events(): Promise<readonly AuditEvent[]>
}

/** The nth of several stored keys; its sealed bytes hold every value that a byte may have. */
const storedKey = (number: number): StoredKey => {
  const digits = String(number).padStart(42, '0')
  return {
    kid: keyId(`${digits}A`),
    publicKey: { kty: 'OKP', crv: 'Ed25519', x: `${digits.replaceAll('0', '_')}A` },
    sealedPrivateKey: Uint8Array.from({ length: 512 }, (_, index) => (index + number) & 0xff),
  }
}

/** The nth of several pairs of first keys, and the events that belong to it. */
const firstKeys = (number: number): { keys: FirstKeys; events: readonly AuditEvent[] } => {
  const keys = { active: storedKey(2 * number), next: storedKey(2 * number + 1) }
  const created = ({ kid }: StoredKey): AuditEvent =>
    auditEvent({ type: 'signing_key.created', actor: 'system', target: kid, origin: NO_ORIGIN })
  return { keys, events: [created(keys.active), created(keys.next)] }
}

/** Every key by its status; sealed bytes as numbers, since drivers give their own kinds of byte array. */
const byStatus = async (store: SigningKeyStore): Promise<unknown> =>
  (await store.list())
    .map(({ status, kid, publicKey, sealedPrivateKey }) => [status, kid, publicKey, [...sealedPrivateKey]] as const)
    .toSorted(([one], [other]) => one.localeCompare(other))

const expected = ({ active, next }: FirstKeys): unknown =>
  Object.entries({ active, next }).map(([status, key]) => [status, key.kid, key.publicKey, [...key.sealedPrivateKey]])

/** What every {@link SigningKeyStore} promises. `create` makes an empty one for each test. */
export function signingKeyStoreContract(name: string, create: () => Promise<SigningKeyStoreUnderTest>): void {
  describe(`${name} keeps the SigningKeyStore contract`, () => {
    it('holds nothing at first', async () => {
      const { store, events } = await create()
      expect([await store.list(), await events()]).toEqual([[], []])
    })

    it('begins with an active and a next key, byte for byte', async () => {
      const { store } = await create()
      const { keys, events } = firstKeys(1)
      expect(await store.initialise(keys, events)).toBe(true)
      expect(await byStatus(store)).toEqual(expected(keys))
    })

    it('has the active key sign from the moment it was made, and says of neither when it ends', async () => {
      const { store } = await create()
      const { keys, events } = firstKeys(1)
      await store.initialise(keys, events)
      const listed = await store.list()
      const [active, next] = ['active', 'next'].map((status) => listed.find((key) => key.status === status))
      expect(active).toMatchObject({ createdAt: expect.any(Date), retiresAt: undefined })
      expect(active?.activatedAt?.getTime()).toBeGreaterThanOrEqual(active?.createdAt.getTime() ?? Infinity)
      expect(next).toMatchObject({ createdAt: expect.any(Date), activatedAt: undefined, retiresAt: undefined })
    })

    it('commits the audit events, every field of them, with the keys', async () => {
      const { store, events } = await create()
      const first = firstKeys(1)
      await store.initialise(first.keys, first.events)
      expect(await events()).toEqual(first.events)
    })

    it('writes neither keys nor events when there are keys already', async () => {
      const { store, events } = await create()
      const [first, second] = [firstKeys(1), firstKeys(2)]
      await store.initialise(first.keys, first.events)
      expect(await store.initialise(second.keys, second.events)).toBe(false)
      expect(await byStatus(store)).toEqual(expected(first.keys))
      expect(await events()).toEqual(first.events)
    })

    it('lets exactly one of eight concurrent calls write, and shows its keys to the others', async () => {
      const { store, events } = await create()
      const rivals = Array.from({ length: 8 }, (_, index) => firstKeys(index))
      const outcomes = await Promise.all(
        rivals.map(async (rival) => {
          const written = await store.initialise(rival.keys, rival.events)
          return { rival, written, seen: await byStatus(store) }
        }),
      )
      const winners = outcomes.filter(({ written }) => written)
      expect(winners).toHaveLength(1)
      for (const { rival } of winners) {
        expect(outcomes.map(({ seen }) => seen)).toEqual(rivals.map(() => expected(rival.keys)))
        expect(await events()).toEqual(rival.events)
      }
    })

    it('never shows half of what is being written', async () => {
      const { store } = await create()
      const { keys, events } = firstKeys(1)
      const written = store.initialise(keys, events)
      const seen = await Promise.all(Array.from({ length: 20 }, () => store.list()))
      await written
      for (const listed of seen) expect([0, 2]).toContain(listed.length)
    })
  })
}
