import { Checkpointer, formatPosition, TrailVerifier, type Finding, type VerificationRequest } from '@ac/audit'
import { anAuditChain, FakeChainKey } from '@ac/audit/testing'
import { auditEvent, RecordingLog } from '@ac/kernel/testing'
import { beforeEach, describe, expect, it } from '@jest/globals'
import { useMigratedDatabase } from '../../test/use-migrated-database.ts'
import { AuditedTransactions } from './audited-transactions.ts'
import { GroupCommitAuditTrail } from './group-commit-audit-trail.ts'
import { PostgresChainEnds } from './postgres-chain-ends.ts'
import { PostgresStoredTrail } from './postgres-stored-trail.ts'

const database = useMigratedDatabase()
const elsewhere = useMigratedDatabase()

type Where = typeof database

/** A process of the service: both of its writers, and what vouches for them. */
function startProcess({ pool, db }: Where) {
  const trail = new GroupCommitAuditTrail(pool(), anAuditChain())
  const transactions = new AuditedTransactions(db(), anAuditChain())
  const log = new RecordingLog()
  const ends = new PostgresChainEnds(db())
  const checkpointer = new Checkpointer({ ends, writers: [trail, transactions], clock: () => new Date(), log })
  const work = async (count: number): Promise<void> => {
    const events = Array.from({ length: count }, (_, index) =>
      auditEvent({ target: `jti-${index}`, occurredAt: new Date() }),
    )
    await Promise.all(events.map((event) => trail.record(event)))
    await transactions.append([auditEvent({ type: 'client.created', target: 'svc_new', occurredAt: new Date() })])
  }
  return { trail, transactions, checkpointer, log, work }
}

/** Two processes that have worked, vouched for each other, and worked on; some of it in the month before this one. */
async function lifeAt(where: Where) {
  await where.empty()
  const [one, other] = [startProcess(where), startProcess(where)]
  for (const process of [one, other, one]) {
    await process.work(40)
    await process.checkpointer.checkpoint()
  }
  await other.checkpointer.checkpoint()
  await one.checkpointer.stop()
  await other.checkpointer.checkpoint()
  const writer = one.trail.end?.writer
  if (!writer) throw new Error('it has written something')
  return { one, other, writer }
}

const verify = (request?: VerificationRequest, { db }: Where = database) =>
  new TrailVerifier({ stored: new PostgresStoredTrail(db(), { pageSize: 50 }), keys: [new FakeChainKey()] }).verify(
    request,
  )

let life: Awaited<ReturnType<typeof lifeAt>>
beforeEach(async () => {
  life = await lifeAt(database)
})

describe('a trail of two processes', () => {
  it('is intact', async () => {
    expect(await verify()).toMatchObject({ chains: 4, openChains: 2, findings: [] })
  })

  it('is intact while they write', async () => {
    const writing = Promise.all([life.one, life.other].map(({ work }) => work(400)))
    for (let rounds = 0; rounds < 3; rounds++) expect((await verify()).findings).toEqual([])
    await writing
    expect((await verify()).findings).toEqual([])
  })
})

const OF = (writer: string, sequence: number | string): string =>
  `where writer = '${writer}' and sequence = ${sequence}`

describe('somebody with all rights of the database is found out who', () => {
  /** The finding, as far as it is about the chain that was attacked. */
  const found = async (request?: VerificationRequest): Promise<readonly (readonly unknown[])[]> =>
    (await verify(request)).findings
      .filter(({ writer }: Finding) => writer === life.writer)
      .map(({ fault, first, last }) => [fault, first, last])

  it.each([
    `outcome = 'failure'`,
    `reason = ''`,
    `actor = 'svc_b'`,
    'actor = null',
    `target = target || 'x'`,
    `type = 'token.refused'`,
    `occurred_at = occurred_at + interval '1 millisecond'`,
    `request_id = ''`,
    `source = 'h:0'`,
    `trace_id = '0'`,
    `previous_hash = hash`,
    `hash = sha256(hash)`,
  ])('edits an event: %s', async (edit) => {
    await database.asOwner(`update audit_events set ${edit} ${OF(life.writer, 7)}`)
    expect(await found()).toEqual([['altered', 7, 7]])
  })

  it('moves text from one field to the next', async () => {
    await database.asOwner(
      `update audit_events set actor = actor || left(target, 1), target = substr(target, 2) ${OF(life.writer, 7)}`,
    )
    expect(await found()).toEqual([['altered', 7, 7]])
  })

  it('deletes an event', async () => {
    await database.asOwner(`delete from audit_events ${OF(life.writer, 7)}`)
    expect(await found()).toEqual([['missing', 7, 7]])
  })

  it('deletes an event and moves up those behind it', async () => {
    await database.asOwner(`delete from audit_events ${OF(life.writer, 7)}`)
    await database.asOwner(
      `update audit_events set sequence = sequence - 1 where writer = '${life.writer}' and sequence > 7`,
    )
    expect((await found())[0]).toEqual(['altered', 7, expect.any(Number)])
  })

  it('swaps what two events say', async () => {
    await database.asOwner(
      `update audit_events a set target = b.target from audit_events b
       where a.writer = '${life.writer}' and b.writer = a.writer and a.sequence in (7, 9) and b.sequence = 16 - a.sequence`,
    )
    expect(await found()).toEqual([
      ['altered', 7, 7],
      ['altered', 9, 9],
    ])
  })

  it('changes the order of two events', async () => {
    await database.asOwner(
      `alter table audit_events drop constraint audit_events_pkey;
       update audit_events set sequence = 16 - sequence where writer = '${life.writer}' and sequence in (7, 9)`,
    )
    expect(await found()).toEqual([
      ['altered', 7, 7],
      ['altered', 9, 9],
    ])
    await database.asOwner(
      'truncate audit_events; alter table audit_events add primary key (writer, sequence, occurred_at)',
    )
  })

  it('inserts an event of his own', async () => {
    await database.asOwner(
      `insert into audit_events (writer, sequence, previous_hash, hash, occurred_at, type, outcome)
       select writer, sequence, previous_hash, hash, occurred_at + interval '1 second', 'client.created', 'success'
       from audit_events ${OF(life.writer, 7)}`,
    )
    expect(await found()).toEqual([
      ['altered', 7, 7],
      ['duplicate', 7, 7],
    ])
  })

  it('appends an event of his own', async () => {
    await database.asOwner(
      `insert into audit_events (writer, sequence, previous_hash, hash, occurred_at, type, outcome)
       select writer, sequence + 1, hash, sha256(hash), now(), 'client.created', 'success'
       from audit_events ${OF(life.writer, `(select max(sequence) from audit_events where writer = '${life.writer}')`)}`,
    )
    expect(await found()).toEqual([['altered', expect.any(Number), expect.any(Number)]])
  })

  it('forges a checkpoint', async () => {
    await database.asOwner(
      `update audit_events set target = replace(target, left(target, 36), writer::text)
       where type = 'audit.checkpoint' and reason = 'witnessed' and target like '${life.writer}%'`,
    )
    expect((await verify()).findings.map(({ fault }) => fault)).toContain('altered')
  })

  it('cuts off the end of a chain', async () => {
    await database.asOwner(`delete from audit_events where writer = '${life.writer}' and sequence > 50`)
    expect(await found()).toEqual([['missing', 51, expect.any(Number)]])
  })

  it('cuts off the end of a chain that still grows', async () => {
    const writer = life.other.trail.end?.writer
    await database.asOwner(`delete from audit_events where writer = '${writer}' and sequence > 30`)
    await life.other.work(1)
    expect((await verify()).findings).toContainEqual(expect.objectContaining({ fault: 'missing', writer, first: 31 }))
  })

  it('deletes a whole chain', async () => {
    await database.asOwner(`delete from audit_events where writer = '${life.writer}'`)
    expect(await found()).toEqual([['missing', 1, expect.any(Number)]])
  })

  it('truncates everything, whoever has the log', async () => {
    const logged = [life.one.trail, life.other.trail].flatMap(({ end }) => end ?? [])
    await database.asOwner('truncate audit_events')
    expect((await verify()).findings).toEqual([])
    expect((await verify({ logged })).findings.map(({ fault }) => fault)).toEqual(['missing', 'missing'])
    expect(life.one.log.lines.at(-2)?.fields).toEqual({ position: logged[0] && formatPosition(logged[0]) })
  })

  it('truncates everything while a process works', async () => {
    await database.asOwner('truncate audit_events')
    await life.other.work(1)
    expect((await verify()).findings.map(({ fault }) => fault)).toContain('missing')
  })

  it('drops a partition', async () => {
    const [row] = await database.asOwner(
      `select tableoid::regclass::text as partition from audit_events ${OF(life.writer, 7)}`,
    )
    await database.asOwner(`drop table ${row?.['partition']}`)
    await life.other.work(1)
    await life.other.checkpointer.checkpoint()
    const writer = life.other.trail.end?.writer
    expect((await verify()).findings).toContainEqual(expect.objectContaining({ fault: 'missing', writer, first: 1 }))
    await database.asOwner('select ensure_audit_partitions(3)')
  })

  it('renames a writer', async () => {
    await database.asOwner(
      `update audit_events set writer = 'fa4e0000-0001-8000-8000-000000000000' where writer = '${life.writer}'`,
    )
    const faults = (await verify()).findings.map(({ fault }) => fault)
    expect(faults).toContain('altered')
    expect(faults).toContain('missing')
  })

  it('claims another key', async () => {
    await database.asOwner(
      `update audit_events set writer = overlay(writer::text placing 'ffff0000' from 1)::uuid where writer = '${life.writer}'`,
    )
    const faults = (await verify()).findings.map(({ fault }) => fault)
    expect(faults).toContain('unknown_key')
    expect(faults).toContain('missing')
  })

  it('brings in a whole chain of another database that has the same secret', async () => {
    const { writer } = await lifeAt(elsewhere)
    const [{ rows } = { rows: undefined }] = await elsewhere.asOwner(
      `select json_agg(e) as rows from audit_events e where writer = '${writer}'`,
    )
    expect((await verify({}, elsewhere)).findings).toEqual([])
    await database.asOwner('insert into audit_events select (json_populate_recordset(null::audit_events, $1)).*', [
      JSON.stringify(rows),
    ])
    const { findings } = await verify()
    expect(findings).toContainEqual(expect.objectContaining({ fault: 'altered', writer, first: 1 }))
  })

  it('copies events of another chain', async () => {
    const other = life.other.trail.end?.writer
    await database.asOwner(
      `insert into audit_events (writer, sequence, previous_hash, hash, occurred_at, type, outcome, actor, target)
       select '${life.writer}', sequence + 10000, previous_hash, hash, occurred_at, type, outcome, actor, target
       from audit_events where writer = '${other}' and sequence between 3 and 5`,
    )
    const findings = await found()
    expect(findings).toContainEqual(['altered', 10_003, 10_005])
    expect(findings).toContainEqual(['missing', expect.any(Number), 10_002])
  })

  it('gives an event a time that no clock shows', async () => {
    await database.asOwner(`update audit_events set occurred_at = 'infinity' ${OF(life.writer, 7)}`)
    expect(await found()).toEqual([['altered', 7, 7]])
  })

  it('dates events so that they seem to be of another time than the one that is asked about', async () => {
    const [{ from, until } = { from: undefined, until: undefined }] = await database.asOwner(
      `select min(occurred_at) as from, max(occurred_at) + interval '1 second' as until from audit_events`,
    )
    const period = { from: from as Date, until: until as Date }
    expect((await verify(period)).findings).toEqual([])
    await database.asOwner(`delete from audit_events ${OF(life.writer, 7)}`)
    expect(await found(period)).toEqual([['missing', 7, 7]])
  })
})
