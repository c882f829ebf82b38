import { describe, expect, it } from '@jest/globals'
import { secretId, Unavailable } from '@ac/kernel'
import { auditEvent } from '@ac/kernel/testing'
import { aClient } from './a-client.ts'
import { aStoredSecret } from './a-stored-secret.ts'
import { clientRegistryContract } from './client-registry-contract.ts'
import { clientSecretStoreContract } from './client-secret-store-contract.ts'
import { InMemoryClients } from './in-memory-clients.ts'
import { secretUseRecorderContract } from './secret-use-recorder-contract.ts'

clientRegistryContract('InMemoryClients', async () => {
  const clients = new InMemoryClients()
  return { registry: clients, events: async () => clients.events }
})

clientSecretStoreContract('InMemoryClients', async () => {
  const clients = new InMemoryClients()
  return {
    store: clients,
    registry: clients,
    disable: async (id) => clients.disable(id),
    addSecret: async (id, secret) => clients.addSecret(id, secret),
  }
})

secretUseRecorderContract('InMemoryClients', async () => {
  const clients = new InMemoryClients()
  const secrets = [secretId('sec_a'), secretId('sec_b')] as const
  const { id } = aClient()
  clients.put(aClient(), ...secrets.map((secret) => aStoredSecret({ id: secret })))
  return { recorder: clients, other: clients, store: clients, client: id, secrets }
})

describe('InMemoryClients', () => {
  it('fails every call while it is told to, and writes nothing', async () => {
    const clients = new InMemoryClients()
    const { id } = aClient()
    clients.fail(new Unavailable('client store'))
    const calls = [
      clients.add(aClient(), aStoredSecret(), auditEvent()),
      clients.find(id),
      clients.get(id),
      clients.list(1),
      clients.change(id, () => undefined),
      clients.remove(id, () => auditEvent()),
      clients.replaceMac(aStoredSecret().id, aStoredSecret().mac),
      clients.flush(),
    ]
    const statuses = (await Promise.allSettled(calls)).map(({ status }) => status)
    expect(statuses).toEqual(calls.map(() => 'rejected'))
    clients.fail(undefined)
    expect([await clients.list(1), clients.events]).toEqual([[], []])
  })
})
