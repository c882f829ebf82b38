import { describe, expect, it } from '@jest/globals'
import { Secret, Unavailable } from '@ac/kernel'
import { aGrantee } from './a-grantee.ts'
import { clientAuthenticationContract } from './client-authentication-contract.ts'
import { FakeClientAuthentication } from './fake-client-authentication.ts'

clientAuthenticationContract('FakeClientAuthentication', async () => {
  const clients = new FakeClientAuthentication()
  return {
    clients,
    enrol: async (grantee) => {
      const secret = new Secret(`secret of ${grantee.id}`)
      clients.enrol(grantee, secret)
      return secret
    },
    disable: async (id) => clients.disable(id),
  }
})

describe('FakeClientAuthentication', () => {
  it('lets nobody in while it is told to fail', async () => {
    const clients = new FakeClientAuthentication()
    const secret = new Secret('a')
    clients.enrol(aGrantee(), secret)
    clients.fail(new Unavailable('client store'))
    await expect(clients.authenticate({ clientId: aGrantee().id, secret })).rejects.toThrow(Unavailable)
  })
})
