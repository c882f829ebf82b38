import { storedTrailContract } from '@ac/audit/testing'
import { describe, expect, it } from '@jest/globals'
import { TrailHistory } from '@ac/audit/testing'
import { putRows } from '../../test/chains.ts'
import { useMigratedDatabase } from '../../test/use-migrated-database.ts'
import { PostgresStoredTrail } from './postgres-stored-trail.ts'

const database = useMigratedDatabase()

storedTrailContract('PostgresStoredTrail', async () => {
  await database.empty()
  return {
    stored: new PostgresStoredTrail(database.db(), { pageSize: 4 }),
    put: (rows) => putRows(database, rows),
  }
})

describe('PostgresStoredTrail', () => {
  it('gives every copy of an event, also where somebody has removed the primary key', async () => {
    await database.empty()
    await database.asOwner('alter table audit_events drop constraint audit_events_pkey')
    const history = new TrailHistory(1)
    history.record(0, {}, {}, {}, {})
    await putRows(database, history.rows)
    const [, , third] = history.rows
    await putRows(database, third ? [third, third, third, third, third] : [])
    for (const pageSize of [1, 2, 3, 7]) {
      const stored = new PostgresStoredTrail(database.db(), { pageSize })
      const sequences: number[] = []
      for (let next: string | undefined, pages = 0; pages < 12; pages++) {
        const page = await stored.read({}, next)
        sequences.push(...page.events.map(({ sequence }) => sequence))
        next = page.next
        if (next === undefined) break
      }
      expect(sequences).toEqual([1, 2, 3, 3, 3, 3, 3, 3, 4, 5])
    }
  })
})
