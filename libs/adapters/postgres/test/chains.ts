import { keyIdOf, sealEvent, encodeEvent, NO_HASH, type ChainedEvent, type WriterId } from '@ac/audit'
import { FakeChainKey } from '@ac/audit/testing'
import { toChainedEvent, type AuditEventRow } from '../src/audit/audit-event-rows.ts'
import type { Row } from './run-sql.ts'

/** Whoever can look at every row. */
interface Owner {
  asOwner(text: string, values?: readonly unknown[]): Promise<readonly Row[]>
}

/** The stored events of each writer in their order. */
export async function storedChains({ asOwner }: Owner): Promise<ReadonlyMap<WriterId, readonly ChainedEvent[]>> {
  const rows = (await asOwner('select * from audit_events order by writer, sequence')) as unknown as AuditEventRow[]
  return Map.groupBy(rows.map(toChainedEvent), ({ writer }) => writer)
}

/** What is wrong with the stored chains, in words; nothing unless something is. Plain and slow on purpose. */
export async function brokenLinks(owner: Owner): Promise<readonly string[]> {
  const [trail] = await owner.asOwner('select id from audit_trail')
  return [...(await storedChains(owner)).values()].flatMap((chain) =>
    chain.flatMap((link, index) => {
      const { writer, sequence, previousHash, hash, event } = link
      const place = { trail: String(trail?.['id']), writer, sequence, previousHash }
      const faults = {
        'out of place': sequence !== index + 1,
        'behind another hash': previousHash !== (chain[index - 1]?.hash ?? NO_HASH),
        'of another hash': hash !== sealEvent(new FakeChainKey(keyIdOf(writer)), place, encodeEvent(event)),
      }
      return Object.entries(faults).flatMap(([fault, holds]) => (holds ? [`${writer} ${sequence} is ${fault}`] : []))
    }),
  )
}

/** Puts rows into the database as they are, with the rights of the owner. */
export async function putRows(owner: Owner, rows: readonly ChainedEvent[]): Promise<void> {
  const values = rows.map(({ writer, sequence, previousHash, hash, event }) => ({
    ...(JSON.parse(encodeEvent(event)) as object),
    writer,
    sequence,
    previous_hash: `\\x${previousHash}`,
    hash: `\\x${hash}`,
  }))
  await owner.asOwner('insert into audit_events select (json_populate_recordset(null::audit_events, $1)).*', [
    JSON.stringify(values),
  ])
}
