import { auditEvent, MovingClock } from '@ac/kernel/testing'
import { InMemoryTokenStates } from './in-memory-token-states.ts'
import { tokenRevocationsContract } from './token-revocations-contract.ts'
import { tokenStatesContract } from './token-states-contract.ts'

tokenStatesContract('InMemoryTokenStates', async () => {
  const states = new InMemoryTokenStates()
  return {
    states,
    register: async (id) => states.put(id),
    setDisabled: async (id, disabled) => states.put(id, { disabled }),
    remove: async (id) => states.remove(id),
    revoke: async (id) => void (await states.revoke({ id, expiresAt: new Date() }, auditEvent())),
    revokeKey: async (id) => states.revokeKey(id),
    setNotBefore: async (moment, id) => states.setNotBefore(moment, id),
  }
})

tokenRevocationsContract('InMemoryTokenStates', async () => {
  const clock = new MovingClock('2026-01-01T00:00:00.400Z')
  const states = new InMemoryTokenStates(clock.now)
  return {
    revocations: states,
    states,
    register: async (id) => states.put(id),
    now: async () => clock.now(),
    events: async () => states.events,
  }
})
