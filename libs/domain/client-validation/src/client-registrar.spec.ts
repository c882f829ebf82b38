import { describe, expect, it } from '@jest/globals'
import { NO_ORIGIN, Overloaded, Unavailable } from '@ac/kernel'
import { MovingClock } from '@ac/kernel/testing'
import { OPERATOR } from './administration/administrator.ts'
import type { ClientMetadata } from './client-metadata.ts'
import { ClientRegistrar } from './client-registrar.ts'
import { isClientSecret } from './client-secret-format.ts'
import { anAdministrator } from './testing/an-administrator.ts'
import { FakeSecretHasher } from './testing/fake-secret-hasher.ts'
import { FakeSecretMacMaker } from './testing/fake-secret-mac-maker.ts'
import { InMemoryClients } from './testing/in-memory-clients.ts'
import { seededRandomBytes } from './testing/seeded-random-bytes.ts'

const METADATA: ClientMetadata = { name: 'media handler', scope: 'meetings.read meetings.write' }
const ORIGIN = { requestId: 'r-1', source: 'h:0123456789abcdef', traceId: undefined }

function fixture() {
  const clients = new InMemoryClients()
  const [macs, hasher, clock] = [new FakeSecretMacMaker(), new FakeSecretHasher(), new MovingClock()]
  const randomBytes = seededRandomBytes()
  const registrar = new ClientRegistrar({ registry: clients, macs, hasher, randomBytes, clock: clock.now })
  return { registrar, clients, macs, hasher, clock }
}

/** Everything that can be reached from `value`, as text: strings as they are, bytes as characters. */
function everything(value: unknown): string {
  if (value instanceof Uint8Array) return String.fromCharCode(...value)
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.values(value).map(everything).join('\n')
}

describe('ClientRegistrar', () => {
  it('stores the client that it gives back', async () => {
    const { registrar, clients, clock } = fixture()
    const { client, secretId } = await registrar.register(METADATA, OPERATOR, NO_ORIGIN)
    const stored = await clients.get(client.id)
    expect(stored?.client).toEqual(client)
    expect(stored?.secrets.map(({ id }) => id)).toEqual([secretId])
    expect(client).toMatchObject({ disabled: false, createdAt: clock.now(), updatedAt: clock.now() })
  })

  it('makes id, secret id and secret itself, never twice the same', async () => {
    const { registrar } = fixture()
    const made = await Promise.all(Array.from({ length: 50 }, () => registrar.register(METADATA, OPERATOR, NO_ORIGIN)))
    for (const { client, secretId, secret } of made) {
      expect(client.id).toMatch(/^svc_[0-9A-Za-z]{22}$/)
      expect(secretId).toMatch(/^sec_[0-9A-Za-z]{22}$/)
      expect(isClientSecret(secret.reveal())).toBe(true)
    }
    const texts = made.flatMap(({ client, secretId, secret }) => [client.id, secretId, secret.reveal()])
    expect(new Set(texts).size).toBe(150)
  })

  it('stores a hash and a MAC by which the secret can be recognised, without an end', async () => {
    const { registrar, clients, macs, hasher, clock } = fixture()
    const { client, secret } = await registrar.register(METADATA, OPERATOR, NO_ORIGIN)
    const [stored] = (await clients.get(client.id))?.secrets ?? []
    expect(stored).toMatchObject({ createdAt: clock.now(), expiresAt: undefined, lastUsedAt: undefined })
    expect(stored && (await hasher.verify(stored.hash, secret))).toBe(true)
    expect(stored && macs.same(stored.mac, macs.make(client.id, secret))).toBe(true)
  })

  it('stores nothing of the secret in clear, and prints nothing of it', async () => {
    const { registrar, clients } = fixture()
    const registration = await registrar.register(METADATA, OPERATOR, NO_ORIGIN)
    const stored = everything([await clients.list(10), clients.events])
    expect(stored).toContain(registration.client.id)
    expect(stored).not.toContain(registration.secret.reveal().slice(4, 16))
    expect(JSON.stringify(registration)).not.toContain(registration.secret.reveal())
  })

  it.each([
    ['acctl', OPERATOR],
    ['svc_0123456789ABCDEFabcdef', anAdministrator()],
  ])('records who asked for it: %s', async (actor, by) => {
    const { registrar, clients, clock } = fixture()
    const { client } = await registrar.register(METADATA, by, ORIGIN)
    expect(clients.events).toEqual([
      {
        type: 'client.created',
        outcome: 'success',
        reason: undefined,
        occurredAt: clock.now(),
        actor,
        target: client.id,
        origin: ORIGIN,
      },
    ])
  })

  it('lets nobody hand out a privileged scope that he does not hold, and writes and hashes nothing', async () => {
    const { registrar, clients, hasher } = fixture()
    const metadata = { ...METADATA, scope: 'meetings.read root:keys root:clients' }
    const refused = registrar.register(metadata, anAdministrator('root:clients'), NO_ORIGIN)
    await expect(refused).rejects.toMatchObject({ code: 'privilege_missing', scopes: ['root:keys'], target: undefined })
    expect([await clients.list(10), clients.events, hasher.calls.hash]).toEqual([[], [], 0])
    const { client } = await registrar.register(metadata, anAdministrator('root:clients', 'root:keys'), NO_ORIGIN)
    expect(client.scopes).toHaveLength(3)
  })

  it('registers a client that is disabled from the beginning', async () => {
    const { registrar } = fixture()
    const { client } = await registrar.register({ ...METADATA, disabled: true }, OPERATOR, NO_ORIGIN)
    expect(client).toMatchObject({ disabled: true, version: 1 })
  })

  it('writes nothing, and hashes nothing, when a field breaks its rule', async () => {
    const { registrar, clients, hasher } = fixture()
    const registration = registrar.register({ ...METADATA, name: '' }, OPERATOR, NO_ORIGIN)
    await expect(registration).rejects.toMatchObject({ code: 'invalid_client_metadata', field: 'client_name' })
    expect([await clients.list(10), clients.events, hasher.calls.hash]).toEqual([[], [], 0])
  })

  it('writes nothing when too many hashes are waiting', async () => {
    const { registrar, clients, hasher } = fixture()
    hasher.overload()
    await expect(registrar.register(METADATA, OPERATOR, NO_ORIGIN)).rejects.toThrow(Overloaded)
    expect([await clients.list(10), clients.events]).toEqual([[], []])
  })

  it('gives no secret out when the storage does not answer', async () => {
    const { registrar, clients } = fixture()
    const failure = new Unavailable('client store')
    clients.fail(failure)
    await expect(registrar.register(METADATA, OPERATOR, NO_ORIGIN)).rejects.toBe(failure)
  })
})
