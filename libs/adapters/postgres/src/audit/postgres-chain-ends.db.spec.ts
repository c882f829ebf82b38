import { chainEndsContract } from '@ac/audit/testing'
import { putRows } from '../../test/chains.ts'
import { useMigratedDatabase } from '../../test/use-migrated-database.ts'
import { PostgresChainEnds } from './postgres-chain-ends.ts'

const database = useMigratedDatabase()

chainEndsContract('PostgresChainEnds', async (rows) => {
  await database.empty()
  await putRows(database, rows)
  return new PostgresChainEnds(database.db())
})
