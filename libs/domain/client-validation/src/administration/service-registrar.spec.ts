import { describe, expect, it } from '@jest/globals'
import { NO_ORIGIN, parseScope } from '@ac/kernel'
import { MovingClock } from '@ac/kernel/testing'
import { ClientRegistrar } from '../client-registrar.ts'
import { anAdministrator } from '../testing/an-administrator.ts'
import { FakeSecretHasher } from '../testing/fake-secret-hasher.ts'
import { FakeSecretMacMaker } from '../testing/fake-secret-mac-maker.ts'
import { InMemoryClients } from '../testing/in-memory-clients.ts'
import { seededRandomBytes } from '../testing/seeded-random-bytes.ts'
import { ServiceRegistrar, type ServiceType } from './service-registrar.ts'

const type = (name: string, scope: string): ServiceType => ({ name, scopes: parseScope(scope) ?? [] })

function fixture(...serviceTypes: readonly ServiceType[]) {
  const clients = new InMemoryClients()
  const registrar = new ClientRegistrar({
    registry: clients,
    macs: new FakeSecretMacMaker(),
    hasher: new FakeSecretHasher(),
    randomBytes: seededRandomBytes(),
    clock: new MovingClock().now,
  })
  const services = new ServiceRegistrar({ registrar, serviceTypes })
  const register = (serviceType: string, region: string, ...held: readonly string[]) =>
    services.register(serviceType, region, anAdministrator(...held), NO_ORIGIN)
  return { register, clients }
}

const TYPES = [type('media-handler', 'service.write.mc service.write.gc'), type('key-rotator', 'root:keys')]

describe('ServiceRegistrar', () => {
  it('registers a client with the scopes of its type', async () => {
    const { client } = await fixture(...TYPES).register('media-handler', 'eu-central-1')
    expect(client).toMatchObject({
      name: 'media-handler (eu-central-1)',
      serviceType: 'media-handler',
      region: 'eu-central-1',
      scopes: ['service.write.mc', 'service.write.gc'],
      audiences: [],
    })
  })

  it.each(['', 'media', 'Media-Handler', 'constructor', '__proto__', 'media-handler '])(
    'knows no type %j, and says which there are',
    async (name) => {
      const { register, clients } = fixture(...TYPES)
      const rule = 'the types of service are media-handler, key-rotator'
      await expect(register(name, 'eu')).rejects.toMatchObject({ field: 'service_type', rule })
      expect(clients.events).toEqual([])
    },
  )

  it('says so when no types are configured', async () => {
    await expect(fixture().register('media-handler', 'eu')).rejects.toMatchObject({
      rule: 'the types of service are not configured',
    })
  })

  it.each(['', 'EU', 'a b', 'a\nb', 'a'.repeat(300)])('blames a wrong region on the region: %j', async (region) => {
    await expect(fixture(...TYPES).register('media-handler', region)).rejects.toMatchObject({ field: 'region' })
  })

  it('gives nobody a privileged scope by the way of a type', async () => {
    const { register } = fixture(...TYPES)
    await expect(register('key-rotator', 'eu')).rejects.toMatchObject({ code: 'privilege_missing' })
    expect((await register('key-rotator', 'eu', 'root:keys')).client.scopes).toEqual(['root:keys'])
  })
})
