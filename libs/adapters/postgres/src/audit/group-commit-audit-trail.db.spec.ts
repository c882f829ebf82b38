import { anAuditChain } from '@ac/audit/testing'
import { Overloaded, Unavailable } from '@ac/kernel'
import { auditEvent, auditTrailContract } from '@ac/kernel/testing'
import { beforeEach, describe, expect, it } from '@jest/globals'
import { useMigratedDatabase } from '../../test/use-migrated-database.ts'
import { GroupCommitAuditTrail } from './group-commit-audit-trail.ts'

const database = useMigratedDatabase()

auditTrailContract('GroupCommitAuditTrail', async () => {
  await database.empty()
  return { trail: new GroupCommitAuditTrail(database.pool(), anAuditChain()), committed: () => database.events() }
})

describe('GroupCommitAuditTrail', () => {
  beforeEach(() => database.empty())

  it('commits events that arrive together together', async () => {
    const trail = new GroupCommitAuditTrail(database.pool(), anAuditChain())
    await Promise.all(Array.from({ length: 1000 }, () => trail.record(auditEvent())))
    const [row] = await database.asOwner(
      `select count(*)::int, count(distinct xmin::text)::int as commits from audit_events where type = 'token.issued'`,
    )
    expect(row).toEqual({ count: 1000, commits: 2 })
  })

  it('takes 2000 events that wait, and refuses the next one', async () => {
    const trail = new GroupCommitAuditTrail(database.pool(), anAuditChain())
    const outcomes = await Promise.allSettled(Array.from({ length: 2001 }, () => trail.record(auditEvent())))
    const errors = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []))
    expect(errors).toEqual([expect.any(Overloaded)])
    expect(await database.events()).toHaveLength(2000)
  })

  it('is unavailable while the database takes no event, whatever the reason, and works again afterwards', async () => {
    const trail = new GroupCommitAuditTrail(database.pool(), anAuditChain())
    await database.asOwner('revoke insert on audit_events from ac_service')
    await expect(trail.record(auditEvent())).rejects.toThrow(Unavailable)
    await database.asOwner('grant insert on audit_events to ac_service')
    await trail.record(auditEvent())
    expect(await database.events()).toEqual([auditEvent()])
  })

  it('has settled every event that it took when it is flushed', async () => {
    const trail = new GroupCommitAuditTrail(database.pool(), anAuditChain())
    const recorded = Array.from({ length: 700 }, () => trail.record(auditEvent()))
    await trail.flush()
    expect(await database.events()).toHaveLength(700)
    await Promise.all(recorded)
  })
})
