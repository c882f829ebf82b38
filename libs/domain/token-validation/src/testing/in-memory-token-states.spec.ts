import { InMemoryTokenStates } from './in-memory-token-states.ts'
import { tokenStatesContract } from './token-states-contract.ts'

tokenStatesContract('InMemoryTokenStates', async () => {
  const states = new InMemoryTokenStates()
  return {
    states,
    register: async (id) => states.put(id),
    setDisabled: async (id, disabled) => states.put(id, { disabled }),
    remove: async (id) => states.remove(id),
    revoke: async (id) => states.revoke(id),
    revokeKey: async (id) => states.revokeKey(id),
    setNotBefore: async (moment, id) => states.setNotBefore(moment, id),
  }
})
