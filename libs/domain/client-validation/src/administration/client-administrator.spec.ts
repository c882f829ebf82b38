import { describe, expect, it } from '@jest/globals'
import { NO_ORIGIN, type Scope } from '@ac/kernel'
import { MovingClock } from '@ac/kernel/testing'
import type { Client } from '../client.ts'
import { aClient } from '../testing/a-client.ts'
import { anAdministrator } from '../testing/an-administrator.ts'
import { aStoredSecret } from '../testing/a-stored-secret.ts'
import { InMemoryClients } from '../testing/in-memory-clients.ts'
import { OPERATOR } from './administrator.ts'
import { ClientAdministrator, type AdministrativeAct } from './client-administrator.ts'
import type { ClientPatch } from './client-patch.ts'

const { id } = aClient()
const ORIGIN = { requestId: 'r-1', source: 'h:0123456789abcdef', traceId: undefined }
const scopes = (...names: readonly string[]) => names as readonly Scope[]

function fixture(over: Partial<Client> = {}) {
  const clients = new InMemoryClients()
  const clock = new MovingClock()
  const before = aClient(over)
  clients.put(before, aStoredSecret())
  const administrator = new ClientAdministrator({ registry: clients, clock: clock.now })
  const update = (patch: ClientPatch, act: Partial<AdministrativeAct> = {}) =>
    administrator.update(id, patch, { by: anAdministrator(), origin: ORIGIN, ...act })
  const remove = (act: Partial<AdministrativeAct> = {}) =>
    administrator.delete(id, { by: anAdministrator(), origin: ORIGIN, ...act })
  const stored = async () => (await clients.get(id))?.client
  const types = () => clients.events.map(({ type }) => type)
  return { clients, clock, before, update, remove, stored, types, administrator }
}

describe('ClientAdministrator.update', () => {
  it('changes what the patch names, counts the change, and gives back what is stored', async () => {
    const { update, stored, before, clock } = fixture()
    const patch = { name: 'renamed', region: null, audiences: ['urn:ac:gc'], scope: 'a b', accessTokenTtlSeconds: 60 }
    const { client, secrets } = await update(patch)
    expect(client).toEqual({
      ...before,
      name: 'renamed',
      region: undefined,
      audiences: ['urn:ac:gc'],
      scopes: ['a', 'b'],
      accessTokenTtlSeconds: 60,
      version: 2,
      updatedAt: clock.now(),
    })
    expect(await stored()).toEqual(client)
    expect(secrets).toEqual([aStoredSecret()])
  })

  it('takes every field back to its default that has one', async () => {
    const { update } = fixture({ resourceIds: ['urn:a'], authMethod: 'client_secret_post', accessTokenTtlSeconds: 99 })
    const nulls = { serviceType: null, region: null, audiences: null, resourceIds: null, authMethod: null }
    expect((await update({ ...nulls, accessTokenTtlSeconds: null })).client).toMatchObject({
      serviceType: undefined,
      region: undefined,
      audiences: [],
      resourceIds: [],
      authMethod: 'client_secret_basic',
      accessTokenTtlSeconds: undefined,
    })
  })

  it.each([
    ['client_name', { name: null }],
    ['scope', { scope: null }],
    ['disabled', { disabled: null }],
    ['client_name', { name: '' }],
    ['region', { region: 'EU' }],
    ['audiences', { audiences: ['no uri'] }],
  ])('refuses a patch that breaks the rule of %s, and writes nothing: %j', async (field, patch) => {
    const { update, stored, before, types } = fixture()
    await expect(update({ ...patch, accessTokenTtlSeconds: 60 })).rejects.toMatchObject({
      code: 'invalid_client_metadata',
      field,
    })
    expect([await stored(), types()]).toEqual([before, []])
  })

  it('judges no field that the patch does not name, so that every client can be stopped', async () => {
    const { update } = fixture({ name: 'rung\u0007', region: 'EU', scopes: [], accessTokenTtlSeconds: 1 })
    expect((await update({ disabled: true, audiences: ['urn:a'] })).client).toMatchObject({
      name: 'rung\u0007',
      region: 'EU',
      disabled: true,
      audiences: ['urn:a'],
    })
    await expect(update({ region: 'EU' })).rejects.toMatchObject({ field: 'region' })
  })

  it.each<[string, ClientPatch]>([
    ['is empty', {}],
    ['says what is so already', { name: 'media handler', scope: 'meetings.read meetings.write', disabled: false }],
    ['lists what is so already', { audiences: ['https://meetings.example'], resourceIds: null }],
  ])('writes nothing when the patch %s', async (_case, patch) => {
    const { update, stored, before, types } = fixture()
    expect((await update(patch)).client).toEqual(before)
    expect([await stored(), types()]).toEqual([before, []])
  })

  it.each<[readonly string[], ClientPatch, boolean]>([
    [['client.updated'], { name: 'renamed' }, false],
    [['client.updated'], { scope: 'meetings.write meetings.read' }, false],
    [['client.disabled'], { disabled: true }, false],
    [['client.enabled'], { disabled: false }, true],
    [['client.updated', 'client.enabled'], { disabled: false, name: 'renamed' }, true],
    [['client.updated'], { disabled: true, name: 'renamed' }, true],
  ])('records %j for %j', async (expected, patch, disabled) => {
    const { update, clients, clock } = fixture({ disabled })
    await update(patch)
    const common = { outcome: 'success', reason: undefined, occurredAt: clock.now(), target: id, origin: ORIGIN }
    expect(clients.events).toEqual(expected.map((type) => ({ ...common, type, actor: anAdministrator().id })))
  })

  it('changes nothing when the client is at another version than expected, and says so', async () => {
    const { update, stored, types } = fixture({ version: 7 })
    const refused = update({ name: 'renamed' }, { expects: (version) => version === 6 })
    await expect(refused).rejects.toMatchObject({ code: 'client_changed' })
    expect([(await stored())?.version, types()]).toEqual([7, []])
    await update({ name: 'renamed' }, { expects: (version) => version === 7 })
    expect(await stored()).toMatchObject({ name: 'renamed', version: 8 })
  })

  it('knows no client that is not there', async () => {
    const { administrator } = fixture()
    const act = { by: OPERATOR, origin: NO_ORIGIN }
    const nobody = aClient().id.replace('0', '1') as typeof id
    await expect(administrator.update(nobody, {}, act)).rejects.toMatchObject({ code: 'unknown_client' })
    await expect(administrator.delete(nobody, act)).rejects.toMatchObject({ code: 'unknown_client' })
  })
})

describe('an administrator without a privileged scope', () => {
  it.each<[string, ClientPatch, readonly string[]]>([
    ['give it to a client', { scope: 'a root:keys' }, ['a']],
    ['give it to a client while disabling it', { scope: 'a root:keys', disabled: true }, ['a']],
    ['enable a client that has it', { disabled: false }, ['a', 'root:keys']],
    ['rename a client that has it', { name: 'renamed' }, ['root:keys']],
    ['change and disable a client that has it', { name: 'renamed', disabled: true }, ['root:keys']],
    ['take it away from a client', { scope: 'a' }, ['a', 'root:keys']],
    ['widen what a client that has it may call', { audiences: ['urn:b'] }, ['root:keys']],
    ['make tokens of a client that has it live longer', { accessTokenTtlSeconds: 86_400 }, ['root:keys']],
  ])('may not %s', async (_case, patch, held) => {
    const { update, stored, before, types } = fixture({ scopes: scopes(...held), disabled: patch.disabled === false })
    const refused = update(patch, { by: anAdministrator('root:clients') })
    await expect(refused).rejects.toMatchObject({ code: 'privilege_missing', scopes: ['root:keys'], target: id })
    expect([await stored(), types()]).toEqual([before, []])
    await update(patch, { by: anAdministrator('root:keys') })
    expect(types()).not.toEqual([])
  })

  it('may stop a client that has it: disable and delete it', async () => {
    const { update, remove, types } = fixture({ scopes: scopes('root:keys') })
    await update({ disabled: true })
    await remove()
    expect(types()).toEqual(['client.disabled', 'client.deleted'])
  })

  it('is told that rather than that the client has changed', async () => {
    const { update } = fixture({ scopes: scopes('root:keys') })
    const refused = update({ name: 'renamed' }, { expects: () => false })
    await expect(refused).rejects.toMatchObject({ code: 'privilege_missing' })
  })

  it('has no limits when it is the operator, who has the database in his hands', async () => {
    const { update, types } = fixture({ scopes: scopes('root:keys') })
    await update({ scope: 'root:keys root:clients' }, { by: OPERATOR })
    expect(types()).toEqual(['client.updated'])
  })
})

describe('ClientAdministrator.delete', () => {
  it('removes the client and records who did it', async () => {
    const { remove, stored, clients, clock } = fixture()
    await remove()
    expect(await stored()).toBeUndefined()
    expect(clients.events).toEqual([
      {
        type: 'client.deleted',
        outcome: 'success',
        reason: undefined,
        occurredAt: clock.now(),
        actor: anAdministrator().id,
        target: id,
        origin: ORIGIN,
      },
    ])
  })

  it('removes nothing when the client is at another version than expected', async () => {
    const { remove, stored, before, types } = fixture({ version: 3 })
    await expect(remove({ expects: (version) => version === 2 })).rejects.toMatchObject({ code: 'client_changed' })
    expect([await stored(), types()]).toEqual([before, []])
  })
})
