import { InMemoryStoredTrail } from './in-memory-stored-trail.ts'
import { storedTrailContract } from './stored-trail-contract.ts'

storedTrailContract('InMemoryStoredTrail', async () => {
  const stored = new InMemoryStoredTrail({ pageSize: 4 })
  return { stored, put: async (rows) => void stored.rows.push(...rows) }
})
