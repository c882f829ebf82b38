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
  it('revokes all tokens of a client, with one event', async () => {
    const { states, revoker } = revoking()
    expect(await revoker.revokeAllOf(CLIENT, 'acctl', NO_ORIGIN)).toEqual(new Date('2026-01-01T00:00:01.000Z'))
    expect(states.events).toEqual([{ ...event, target: CLIENT, reason: 'of_client' }])
  })

  it('revokes all tokens of everybody, with one event', async () => {
    const { states, revoker } = revoking()
    expect(await revoker.revokeAll('acctl', NO_ORIGIN)).toEqual(new Date('2026-01-01T00:00:01.000Z'))
    expect(states.events).toEqual([{ ...event, target: undefined, reason: 'of_everybody' }])
  })

  it('knows no client that is not registered', async () => {
    const { states, revoker } = revoking()
    expect(await revoker.revokeAllOf(clientId('svc_b'), 'acctl', NO_ORIGIN)).toBeUndefined()
    expect(states.events).toEqual([])
  })

  it('fails when the storage does', async () => {
    const { states, revoker } = revoking()
    const failure = new Unavailable('database')
    states.fail(failure)
    await expect(revoker.revokeAll('acctl', NO_ORIGIN)).rejects.toBe(failure)
    await expect(revoker.revokeAllOf(CLIENT, 'acctl', NO_ORIGIN)).rejects.toBe(failure)
  })
})
