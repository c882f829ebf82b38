import { describe, expect, it } from '@jest/globals'
import { clientId, NO_ORIGIN, Secret, type ClientId } from '@ac/kernel'
import type { ClientAuthentication, Grantee } from '../ports/client-authentication.ts'
import { aGrantee } from './a-grantee.ts'

/** An authentication under test that knows nobody, and ways to change that. Each has taken effect when it resolves. */
export interface ClientAuthenticationUnderTest {
  readonly clients: ClientAuthentication
  /** Registers a client with these very fields; gives its secret. */
  enrol(grantee: Grantee): Promise<Secret>
  disable(id: ClientId): Promise<void>
}

const OTHER = aGrantee({
  id: clientId('svc_zzzzzzzzzzzzzzzzzzzzzz'),
  serviceType: undefined,
  region: undefined,
  accessTokenTtlSeconds: 900,
})

/** What every {@link ClientAuthentication} promises. `create` makes one that knows nobody, for each test. */
export function clientAuthenticationContract(name: string, create: () => Promise<ClientAuthenticationUnderTest>): void {
  describe(`${name} keeps the ClientAuthentication contract`, () => {
    it.each([
      ['all fields', aGrantee({ accessTokenTtlSeconds: 900 })],
      ['absent fields', OTHER],
    ])('gives the client that the credentials prove, with %s', async (_, grantee) => {
      const { clients, enrol } = await create()
      const secret = await enrol(grantee)
      expect(await clients.authenticate({ clientId: grantee.id, secret }, NO_ORIGIN)).toMatchObject({ ...grantee })
    })

    it('rejects whatever else is presented, always with the same words', async () => {
      const { clients, enrol } = await create()
      const [secret, otherSecret] = [await enrol(aGrantee()), await enrol(OTHER)]
      const attempts: readonly (readonly [string, Secret])[] = [
        [aGrantee().id, otherSecret],
        [aGrantee().id, new Secret('')],
        [aGrantee().id, new Secret(`${secret.reveal()} `)],
        [aGrantee().id.toUpperCase(), secret],
        ['svc_unknown00000000000000', secret],
        ['', secret],
        ['', new Secret('')],
        ['\0', secret],
        [secret.reveal(), secret],
        ['x'.repeat(10_000), secret],
        [aGrantee().id, new Secret('x'.repeat(10_000))],
      ]
      const answers = await Promise.all(
        attempts.map(([id, presented]) =>
          clients.authenticate({ clientId: id, secret: presented }, NO_ORIGIN).catch((error: unknown) => error),
        ),
      )
      for (const answer of answers) expect(answer).toMatchObject({ code: 'client_rejected' })
      expect(new Set(answers.map(String)).size).toBe(1)
    })

    it('lets a client in no more from the moment it is disabled', async () => {
      const { clients, enrol, disable } = await create()
      const credentials = { clientId: aGrantee().id, secret: await enrol(aGrantee()) }
      await clients.authenticate(credentials, NO_ORIGIN)
      await disable(aGrantee().id)
      const refused = clients.authenticate(credentials, NO_ORIGIN)
      await expect(refused).rejects.toMatchObject({ code: 'client_rejected' })
    })
  })
}
