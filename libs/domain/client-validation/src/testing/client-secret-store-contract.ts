import { describe, expect, it } from '@jest/globals'
import { clientId, secretId, type ClientId } from '@ac/kernel'
import { auditEvent } from '@ac/kernel/testing'
import type { Client, ClientSecret, ClientWithSecrets, SecretMac } from '../client.ts'
import type { ClientRegistry } from '../ports/client-registry.ts'
import type { ClientSecretStore } from '../ports/client-secret-store.ts'
import { aClient } from './a-client.ts'
import { aStoredSecret } from './a-stored-secret.ts'
import { plainClient } from './plain-client.ts'

/** An empty store under test, and what else writes to the same clients. Each write is committed when it resolves. */
export interface ClientSecretStoreUnderTest {
  readonly store: ClientSecretStore
  readonly registry: Pick<ClientRegistry, 'add'>
  disable(id: ClientId): Promise<void>
  /** Gives a client one more secret. */
  addSecret(id: ClientId, secret: ClientSecret): Promise<void>
}

const ODD_IDS = [
  '',
  ' ',
  "'",
  "' or 1=1 --",
  '"',
  '\\',
  '%',
  '_',
  '{a,b}',
  '$1',
  'null',
  '\0',
  'svc_\0',
  '\ud800',
  '\u{1f3a5}\u4f1a\u8b70',
  'x'.repeat(128),
]

const numberedId = (number: number): ClientId => clientId(`svc_${String(number).padStart(22, '0')}`)

/** Adds the nth of several clients with its one secret. */
async function addNumbered(registry: Pick<ClientRegistry, 'add'>, number: number): Promise<ClientWithSecrets> {
  const client: Client = aClient({ id: numberedId(number), name: `client ${number}` })
  const secret = aStoredSecret({ id: secretId(`sec_${String(number).padStart(22, '0')}`) })
  await registry.add(client, secret, auditEvent({ type: 'client.created', actor: 'acctl', target: client.id }))
  return { client, secrets: [secret] }
}

const mac = (first: number): SecretMac => ({
  keyId: `mac-key-${first}`,
  mac: Uint8Array.from({ length: 32 }, (_, index) => (first + index) & 0xff),
})

/** What every {@link ClientSecretStore} promises. `create` makes an empty one for each test. */
export function clientSecretStoreContract(name: string, create: () => Promise<ClientSecretStoreUnderTest>): void {
  describe(`${name} keeps the ClientSecretStore contract`, () => {
    it('finds a client with its secret, byte for byte', async () => {
      const { store, registry } = await create()
      const added = await addNumbered(registry, 1)
      expect(plainClient(await store.find(added.client.id))).toEqual(plainClient(added))
    })

    it('finds nothing for an id that is nobody\u2019s, whatever characters it has', async () => {
      const { store, registry } = await create()
      const { client } = await addNumbered(registry, 1)
      const near = [client.id.toUpperCase(), `${client.id} `, ` ${client.id}`, `${client.id}\0`, client.id.slice(0, -1)]
      for (const id of [...ODD_IDS, ...near]) expect([id, await store.find(clientId(id))]).toEqual([id, undefined])
    })

    it('lets no odd id spoil the answer to another that was asked for at the same time', async () => {
      const { store, registry } = await create()
      const added = await addNumbered(registry, 1)
      const ids = ODD_IDS.flatMap((odd) => [clientId(odd), added.client.id])
      const answers = await Promise.all(ids.map((id) => store.find(id)))
      const expected = ids.map((id) => (id === added.client.id ? plainClient(added) : undefined))
      expect(answers.map(plainClient)).toEqual(expected)
    })

    it('gives each of 200 concurrent calls the answer to its own question', async () => {
      const { store, registry } = await create()
      const added = new Map<ClientId, unknown>()
      for (let number = 0; number < 20; number++) {
        const entry = await addNumbered(registry, number)
        added.set(entry.client.id, plainClient(entry))
      }
      // 20 known ids, most of them asked for several times, among as many unknown ones.
      const ids = Array.from({ length: 200 }, (_, index) => numberedId((index * 7) % 40))
      const answers = await Promise.all(ids.map((id) => store.find(id)))
      expect(answers.map(plainClient)).toEqual(ids.map((id) => added.get(id)))
    })

    it('sees a change that was committed before the call', async () => {
      const { store, registry, disable } = await create()
      expect(await store.find(numberedId(1))).toBeUndefined()
      await addNumbered(registry, 1)
      expect(await store.find(numberedId(1))).toMatchObject({ client: { disabled: false } })
      await disable(numberedId(1))
      expect(await store.find(numberedId(1))).toMatchObject({ client: { disabled: true } })
    })

    it('sees such a change even while earlier calls for the same client are under way', async () => {
      const { store, registry, disable } = await create()
      await addNumbered(registry, 1)
      const early = Array.from({ length: 50 }, () => store.find(numberedId(1)))
      const disabled = disable(numberedId(1))
      early.push(...Array.from({ length: 50 }, () => store.find(numberedId(1))))
      await disabled
      const late = Array.from({ length: 50 }, () => store.find(numberedId(1)))
      for (const found of await Promise.all(late)) expect(found).toMatchObject({ client: { disabled: true } })
      for (const found of await Promise.all(early)) expect(found).toMatchObject({ client: { id: numberedId(1) } })
    })

    it('gives secrets newest first, expired ones included', async () => {
      const { store, registry, addSecret } = await create()
      const { client, secrets } = await addNumbered(registry, 1)
      const older = aStoredSecret({
        id: secretId('sec_older00000000000000000'),
        createdAt: new Date('2025-01-01T00:00:00.000Z'),
        expiresAt: new Date('2025-02-01T00:00:00.000Z'),
        lastUsedAt: new Date('2025-01-31T23:59:59.999Z'),
      })
      const newer = aStoredSecret({
        id: secretId('sec_newer00000000000000000'),
        createdAt: new Date('2026-01-02T03:04:05.679Z'),
      })
      await addSecret(client.id, newer)
      await addSecret(client.id, older)
      const expected = plainClient({ client, secrets: [newer, ...secrets, older] })
      expect(plainClient(await store.find(client.id))).toEqual(expected)
    })

    it('replaces the MAC of one secret and nothing else', async () => {
      const { store, registry, addSecret } = await create()
      const { client, secrets } = await addNumbered(registry, 1)
      const neighbour = await addNumbered(registry, 2)
      const second = aStoredSecret({ id: secretId('sec_second0000000000000000'), createdAt: new Date(0) })
      await addSecret(client.id, second)
      await store.replaceMac(second.id, mac(100))
      const expected = plainClient({ client, secrets: [...secrets, { ...second, mac: mac(100) }] })
      expect(plainClient(await store.find(client.id))).toEqual(expected)
      expect(plainClient(await store.find(neighbour.client.id))).toEqual(plainClient(neighbour))
    })

    it('keeps one whole MAC of two that are written at once', async () => {
      const { store, registry } = await create()
      const { client, secrets } = await addNumbered(registry, 1)
      const rivals = [mac(100), mac(200)]
      await Promise.all(rivals.flatMap((rival) => secrets.map(({ id }) => store.replaceMac(id, rival))))
      const stored = (await store.find(client.id))?.secrets.map((secret) => [secret.mac.keyId, ...secret.mac.mac])
      expect(rivals.map(({ keyId, mac: bytes }) => [[keyId, ...bytes]])).toContainEqual(stored)
    })

    it('says nothing when the secret whose MAC it is to replace is gone', async () => {
      const { store, registry } = await create()
      const added = await addNumbered(registry, 1)
      await store.replaceMac(secretId('sec_gone000000000000000000'), mac(100))
      expect(plainClient(await store.find(added.client.id))).toEqual(plainClient(added))
    })
  })
}
