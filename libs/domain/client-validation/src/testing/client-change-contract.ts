import { describe, expect, it } from '@jest/globals'
import { clientId, secretId, type AuditEvent, type AuditEventType } from '@ac/kernel'
import { auditEvent } from '@ac/kernel/testing'
import type { Client, ClientWithSecrets } from '../client.ts'
import { UnknownClient } from '../unknown-client.ts'
import { aClient } from './a-client.ts'
import { aStoredSecret } from './a-stored-secret.ts'
import type { ClientRegistryUnderTest } from './client-registry-under-test.ts'
import { plainClient } from './plain-client.ts'

const { id } = aClient()
const SECRET = aStoredSecret()
const NOBODY = [clientId('svc_none'), clientId(''), clientId('\0')]

const event = (type: AuditEventType = 'client.updated', requestId?: string): AuditEvent =>
  auditEvent({ type, actor: 'acctl', target: id, origin: { requestId, source: undefined, traceId: undefined } })

const CREATED = event('client.created')

/** Every field but the id as it was not before. */
const OTHER = aClient({
  name: 'another name',
  serviceType: undefined,
  region: 'us-east-1',
  scopes: ['c'] as readonly string[] as Client['scopes'],
  audiences: [],
  resourceIds: ['urn:ac:mh'],
  authMethod: 'client_secret_post',
  accessTokenTtlSeconds: 77,
  disabled: true,
  version: 2,
  createdAt: new Date('2026-01-02T03:04:05.678Z'),
  updatedAt: new Date('2026-04-05T06:07:08.009Z'),
})

const renamed = ({ client }: ClientWithSecrets, name: string): Client => ({
  ...client,
  name,
  version: client.version + 1,
})

class Refused extends Error {}
const refuse = (): never => {
  throw new Refused()
}

/** The part of the ClientRegistry contract that is about changes of clients which are there. */
export function clientChangeContract(create: () => Promise<ClientRegistryUnderTest>): void {
  const start = async () => {
    const under = await create()
    await under.registry.add(aClient(), SECRET, CREATED)
    const stored = async () => plainClient(await under.registry.get(id))
    const newEvents = async () => (await under.events()).slice(1)
    return { ...under, stored, newEvents }
  }

  describe('change', () => {
    it('shows the client as it is, and gives and keeps what is made of it, with its events', async () => {
      const { registry, stored, newEvents } = await start()
      const events = [event('client.updated', 'r-1'), event('client.disabled', 'r-1')]
      const shown: ClientWithSecrets[] = []
      const given = await registry.change(id, (found) => {
        shown.push(found)
        return { client: OTHER, events }
      })
      expect(shown.map(plainClient)).toEqual([plainClient({ client: aClient(), secrets: [SECRET] })])
      expect(await stored()).toEqual(plainClient({ client: OTHER, secrets: [SECRET] }))
      expect(plainClient(given)).toEqual(await stored())
      expect(await newEvents()).toEqual(events)
    })

    it('leaves the client alone when nothing shall become of it', async () => {
      const { registry, stored, newEvents } = await start()
      const given = await registry.change(id, () => undefined)
      expect(plainClient(given)).toEqual(plainClient({ client: aClient(), secrets: [SECRET] }))
      expect([await stored(), await newEvents()]).toEqual([plainClient(given), []])
    })

    it('changes nothing, and throws on, when the decision is an error', async () => {
      const { registry, stored, newEvents } = await start()
      await expect(registry.change(id, refuse)).rejects.toThrow(Refused)
      expect(await stored()).toEqual(plainClient({ client: aClient(), secrets: [SECRET] }))
      expect(await newEvents()).toEqual([])
    })

    it('asks for no decision about a client that is not there', async () => {
      const { registry } = await start()
      for (const nobody of NOBODY) await expect(registry.change(nobody, refuse)).rejects.toThrow(UnknownClient)
    })

    it('adds, removes and gives an end to secrets, and leaves others as they are', async () => {
      const { registry, stored } = await start()
      const [older, newer, newest] = [1, 3, 4].map((day) =>
        aStoredSecret({ id: secretId(`sec_${day}`), createdAt: new Date(Date.UTC(2026, 0, day)) }),
      ) as [typeof SECRET, typeof SECRET, typeof SECRET]
      const change = (changes: object) =>
        registry.change(id, ({ client }) => ({
          client: { ...client, version: client.version + 1 },
          secrets: { added: [], deadlines: [], removed: [], ...changes },
          events: [event('client.secret_rotated')],
        }))
      await change({ added: [newer, older] })
      const expiresAt = new Date('2026-02-02T02:02:02.002Z')
      const given = await change({ added: [newest], deadlines: [{ id: newer.id, expiresAt }], removed: [SECRET.id] })
      const secrets = [newest, { ...newer, expiresAt }, older]
      expect(await stored()).toEqual(plainClient({ client: aClient({ version: 3 }), secrets }))
      expect(plainClient(given)).toEqual(await stored())
    })

    it('touches no other client', async () => {
      const { registry } = await start()
      const neighbour = aClient({ id: clientId('svc_neighbour') })
      const theirs = aStoredSecret({ id: secretId('sec_theirs') })
      await registry.add(neighbour, theirs, CREATED)
      const expiresAt = new Date(0)
      await registry.change(id, () => ({
        client: OTHER,
        secrets: { added: [], deadlines: [{ id: theirs.id, expiresAt }], removed: [theirs.id] },
        events: [event()],
      }))
      expect(plainClient(await registry.get(neighbour.id))).toEqual(
        plainClient({ client: neighbour, secrets: [theirs] }),
      )
    })

    it('loses none of ten concurrent changes: each is decided on what the one before it left', async () => {
      const { registry, newEvents } = await start()
      const names = Array.from({ length: 10 }, (_, index) => String(index))
      await Promise.all(
        names.map((name) =>
          registry.change(id, (found) => ({
            client: renamed(found, `${found.client.name},${name}`),
            events: [event()],
          })),
        ),
      )
      const { client } = (await registry.get(id)) as ClientWithSecrets
      expect(client.name.split(',').slice(1).toSorted()).toEqual(names)
      expect(client.version).toBe(11)
      expect(await newEvents()).toHaveLength(10)
    })

    it('shows each of concurrent changes the secrets that the one before it left', async () => {
      const { registry } = await start()
      await Promise.all(
        Array.from({ length: 8 }, (_, index) =>
          registry.change(id, ({ client, secrets }) => ({
            client: { ...client, version: client.version + 1 },
            secrets: {
              added: [aStoredSecret({ id: secretId(`sec_${index}`) })],
              deadlines: [],
              removed: secrets.map((secret) => secret.id),
            },
            events: [event('client.secret_rotated')],
          })),
        ),
      )
      expect((await registry.get(id))?.secrets).toHaveLength(1)
    })

    it('lets exactly one of eight concurrent changes win that all expect one version', async () => {
      const { registry, newEvents } = await start()
      const outcomes = await Promise.allSettled(
        Array.from({ length: 8 }, (_, index) =>
          registry.change(id, (found) =>
            found.client.version === 1 ? { client: renamed(found, String(index)), events: [event()] } : refuse(),
          ),
        ),
      )
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      const winner = outcomes.findIndex(({ status }) => status === 'fulfilled')
      expect((await registry.get(id))?.client).toMatchObject({ name: String(winner), version: 2 })
      expect(await newEvents()).toHaveLength(1)
    })
  })

  describe('remove', () => {
    it('removes the client with its secrets, and keeps all events', async () => {
      const { registry, stored, events } = await start()
      const shown: ClientWithSecrets[] = []
      await registry.remove(id, (found) => {
        shown.push(found)
        return event('client.deleted')
      })
      expect(shown.map(plainClient)).toEqual([plainClient({ client: aClient(), secrets: [SECRET] })])
      expect([await stored(), await registry.list(10)]).toEqual([undefined, []])
      expect(await events()).toEqual([CREATED, event('client.deleted')])
      // Its secret is gone as well, or this one could not have its id.
      await registry.add(aClient({ id: clientId('svc_next') }), SECRET, CREATED)
    })

    it('removes nothing, and throws on, when the decision is an error', async () => {
      const { registry, stored, newEvents } = await start()
      await expect(registry.remove(id, refuse)).rejects.toThrow(Refused)
      expect(await stored()).toEqual(plainClient({ client: aClient(), secrets: [SECRET] }))
      expect(await newEvents()).toEqual([])
    })

    it('asks for no decision about a client that is not there', async () => {
      const { registry } = await start()
      for (const nobody of NOBODY) await expect(registry.remove(nobody, refuse)).rejects.toThrow(UnknownClient)
    })

    it('happens once, of four concurrent calls, and no change comes after it', async () => {
      const { registry, newEvents } = await start()
      const removals = Array.from({ length: 4 }, () => registry.remove(id, () => event('client.deleted')))
      const changes = Array.from({ length: 4 }, () =>
        registry.change(id, (found) => ({ client: renamed(found, 'late'), events: [event()] })),
      )
      const outcomes = await Promise.allSettled([...removals, ...changes])
      expect(outcomes.slice(0, 4).filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      const errors = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []))
      expect(errors).toEqual(errors.map(() => expect.any(UnknownClient)))
      expect((await newEvents()).at(-1)).toEqual(event('client.deleted'))
      expect(await registry.get(id)).toBeUndefined()
    })
  })
}
