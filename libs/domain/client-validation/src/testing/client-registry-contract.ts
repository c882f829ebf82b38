import { describe, expect, it } from '@jest/globals'
import { clientId, parseScope, secretId, type AuditEvent } from '@ac/kernel'
import { auditEvent } from '@ac/kernel/testing'
import { ClientExists } from '../client-exists.ts'
import type { Client, ClientSecret } from '../client.ts'
import type { ClientPosition, ClientRegistry } from '../ports/client-registry.ts'
import { aClient } from './a-client.ts'
import { aStoredSecret } from './a-stored-secret.ts'
import { clientChangeContract } from './client-change-contract.ts'
import type { ClientRegistryUnderTest } from './client-registry-under-test.ts'
import { plainClient } from './plain-client.ts'

const created = (client: Client, requestId?: string): AuditEvent =>
  auditEvent({
    type: 'client.created',
    actor: 'acctl',
    target: client.id,
    origin: { requestId, source: undefined, traceId: undefined },
  })

/** The nth of several clients: its id, and that of its secret, end in n. */
const numbered = (number: number, over: Partial<Client> = {}): { client: Client; secret: ClientSecret } => {
  const digits = String(number).padStart(22, '0')
  return {
    client: aClient({ id: clientId(`svc_${digits}`), ...over }),
    secret: aStoredSecret({ id: secretId(`sec_${digits}`) }),
  }
}

const add = (registry: ClientRegistry, { client, secret }: ReturnType<typeof numbered>): Promise<void> =>
  registry.add(client, secret, created(client))

/** More than any listing here has: a registry that gives the same page for ever must fail, not hang. */
const MAX_PAGES = 50

/** Walks the whole listing in pages of `limit`, doing `between` after each page. */
async function walk(registry: ClientRegistry, limit: number, between = async (): Promise<void> => {}) {
  const clients: Client[] = []
  for (let page = 0; page < MAX_PAGES; page++) {
    const last: ClientPosition | undefined = clients.at(-1)
    const listed = await registry.list(limit, last && { createdAt: last.createdAt, id: last.id })
    expect(listed.length).toBeLessThanOrEqual(limit)
    if (listed.length === 0) return clients
    clients.push(...listed.map(({ client }) => client))
    await between()
  }
  throw new Error('the listing has no end')
}

const FULL = aClient({
  name: 'Z\u00fcrich \u4f1a\u8b70 \u{1f3a5} "quoted" \\ \'; --',
  scopes: parseScope(Array.from({ length: 50 }, (_, index) => `scope:${49 - index}`).join(' ')) ?? [],
  audiences: ['https://b.example/x?y=%20', 'urn:ac:a'],
  resourceIds: ['urn:ac:c', `https://c.example/${'c'.repeat(494)}`],
  authMethod: 'client_secret_post',
  accessTokenTtlSeconds: 900,
  disabled: true,
  version: 12,
  createdAt: new Date('2026-02-03T04:05:06.007Z'),
  updatedAt: new Date('2026-03-04T05:06:07.891Z'),
})

const BARE = aClient({ serviceType: undefined, region: undefined, audiences: [], resourceIds: [], scopes: [] })

/** What every {@link ClientRegistry} promises. `create` makes an empty one for each test. */
export function clientRegistryContract(name: string, create: () => Promise<ClientRegistryUnderTest>): void {
  describe(`${name} keeps the ClientRegistry contract`, () => {
    clientChangeContract(create)

    it.each([
      [
        'every field',
        FULL,
        aStoredSecret({ expiresAt: new Date('2027-01-01T00:00:00.001Z'), lastUsedAt: new Date(7) }),
      ],
      ['absent fields as absent', BARE, aStoredSecret()],
    ])('gives back %s of a client and its secret', async (_, client, secret) => {
      const { registry } = await create()
      await registry.add(client, secret, created(client))
      expect(plainClient(await registry.get(client.id))).toEqual(plainClient({ client, secrets: [secret] }))
    })

    it('knows no client that was not added', async () => {
      const { registry } = await create()
      await add(registry, numbered(1))
      for (const id of ['', 'svc_', numbered(2).client.id, `${numbered(1).client.id} `, "'", '%', '\0']) {
        expect(await registry.get(clientId(id))).toBeUndefined()
      }
    })

    it('commits the audit event, every field of it, with the client', async () => {
      const { registry, events } = await create()
      const { client, secret } = numbered(1)
      await registry.add(client, secret, created(client, 'r-1'))
      expect(await events()).toEqual([created(client, 'r-1')])
    })

    it('refuses a second client of one id, and writes neither it nor its event', async () => {
      const { registry, events } = await create()
      const [first, second] = [numbered(1), numbered(2)]
      await add(registry, first)
      const twin = { ...second.client, id: first.client.id }
      await expect(registry.add(twin, second.secret, created(twin, 'r-2'))).rejects.toThrow(ClientExists)
      const stored = plainClient({ client: first.client, secrets: [first.secret] })
      expect(plainClient(await registry.get(first.client.id))).toEqual(stored)
      expect(await events()).toEqual([created(first.client)])
    })

    it('lets exactly one of eight concurrent calls with one id succeed, and keeps nothing of the others', async () => {
      const { registry, events } = await create()
      const rivals = Array.from({ length: 8 }, (_, index) =>
        numbered(index, { id: aClient().id, name: `rival ${index}` }),
      )
      const outcomes = await Promise.allSettled(
        rivals.map(({ client, secret }) => registry.add(client, secret, created(client, client.name))),
      )
      const winner = rivals.find((_, index) => outcomes[index]?.status === 'fulfilled')
      const errors = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []))
      expect(errors).toEqual(Array.from({ length: 7 }, () => expect.any(ClientExists)))
      const stored = winner && plainClient({ client: winner.client, secrets: [winner.secret] })
      expect(plainClient(await registry.get(aClient().id))).toEqual(stored)
      expect(await events()).toEqual(winner && [created(winner.client, winner.client.name)])
    })

    it('lists nothing when it holds nothing', async () => {
      const { registry } = await create()
      expect(await registry.list(10)).toEqual([])
    })

    it('lists clients with their secrets', async () => {
      const { registry } = await create()
      await add(registry, numbered(1))
      const expected = { client: numbered(1).client, secrets: [numbered(1).secret] }
      expect((await registry.list(10)).map(plainClient)).toEqual([plainClient(expected)])
    })

    it.each([1, 2, 3, 100])('lists every client once, oldest first, in pages of %i', async (limit) => {
      const { registry } = await create()
      const [early, tied, late] = ['.001Z', '.002Z', '.003Z'].map((end) => new Date(`2026-01-01T00:00:00${end}`))
      const suffixes = [late, early, tied, tied, tied, early].map((createdAt, index) => ({
        createdAt: createdAt ?? new Date(0),
        // Capitals come before small letters in bytes, and between them in most languages.
        id: clientId(`svc_${'0'.repeat(21)}${'1bBaA2'.charAt(index)}`),
      }))
      for (const [index, over] of suffixes.entries()) await add(registry, numbered(index, over))
      const ends = (await walk(registry, limit)).map(({ id }) => id.slice(-1))
      expect(ends.join('')).toBe('2bABa1')
    })

    it('lists none twice and misses none of the old ones while others are added', async () => {
      const { registry } = await create()
      for (let number = 1; number <= 4; number++) await add(registry, numbered(number))
      let number = 4
      const walked = await walk(registry, 1, async () => {
        // One sorts behind all others, the next one before them.
        if (number < 8) await add(registry, numbered(++number, { createdAt: new Date(number % 2 ? 9e12 : 1e12) }))
      })
      const ids = walked.map(({ id }) => id)
      expect(new Set(ids).size).toBe(ids.length)
      expect(ids).toEqual(expect.arrayContaining([1, 2, 3, 4].map((old) => numbered(old).client.id)))
    })
  })
}
