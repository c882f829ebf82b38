import { describe, expect, it } from '@jest/globals'
import { clientId, NO_ORIGIN, Unavailable } from '@ac/kernel'
import { MovingClock } from '@ac/kernel/testing'
import { MassRevoker } from './mass-revoker.ts'
import { InMemoryTokenStates } from './testing/in-memory-token-states.ts'

const CLIENT = clientId('svc_a')

function revoking() {
  const clock = new MovingClock('2026-01-01T00:00:00.700Z')
  const states = new InMemoryTokenStates(clock.now)
  states.put(CLIENT)
  const revoker = new MassRevoker({ revocations: states, clock: clock.now })
  return { states, revoker }
}

const event = {
  type: 'tokens.revoked',
  outcome: 'success',
  occurredAt: new Date('2026-01-01T00:00:00.700Z'),
  actor: 'acctl',
  origin: NO_ORIGIN,
}

describe('MassRevoker', () => {
  it.each([
    ['of a client', CLIENT, { ...event, target: CLIENT, reason: 'of_client' }],
    ['of everybody', undefined, { ...event, target: undefined, reason: 'of_everybody' }],
  ])('revokes all tokens %s, with one event', async (_, client, expected) => {
    const { states, revoker } = revoking()
    const notBefore = await revoker.revoke({ client, actor: 'acctl' }, NO_ORIGIN)
    expect(notBefore).toEqual(new Date('2026-01-01T00:00:01.000Z'))
    expect(states.events).toEqual([expected])
  })

  it('knows no client that is not registered', async () => {
    const { states, revoker } = revoking()
    expect(await revoker.revoke({ client: clientId('svc_b'), actor: 'acctl' }, NO_ORIGIN)).toBeUndefined()
    expect(states.events).toEqual([])
  })

  it('fails when the storage does', async () => {
    const { states, revoker } = revoking()
    const failure = new Unavailable('database')
    states.fail(failure)
    await expect(revoker.revoke({ client: undefined, actor: 'acctl' }, NO_ORIGIN)).rejects.toBe(failure)
  })
})
