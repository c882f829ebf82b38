import { Unavailable } from '@ac/kernel'
import { RecordingLog } from '@ac/kernel/testing'
import { describe, expect, it } from '@jest/globals'
import { settingsFor } from '../../test/settings.ts'
import { useMigratedDatabase } from '../../test/use-migrated-database.ts'
import { probeDatabase } from './probe-database.ts'
import { SessionPool } from './session-pool.ts'

const database = useMigratedDatabase()

describe('probeDatabase', () => {
  it('finds a database that takes writes and whose clock is ours', async () => {
    const { writable, clockAheadMs } = await probeDatabase(database.pool())
    expect(writable).toBe(true)
    expect(Math.abs(clockAheadMs)).toBeLessThan(2000)
  })

  it('finds out that it takes none', async () => {
    await database.asOwner(`do $$ begin execute format('alter database %I set default_transaction_read_only = on',
      current_database()); end $$`)
    const pool = new SessionPool(settingsFor(database.url()), new RecordingLog())
    expect((await probeDatabase(pool)).writable).toBe(false)
    await pool.end()
  })

  it('says so when nobody answers', async () => {
    const url = new URL(database.url())
    url.port = '1'
    const pool = new SessionPool(settingsFor(url.href), new RecordingLog())
    await expect(probeDatabase(pool)).rejects.toThrow(Unavailable)
    await pool.end()
  })
})
