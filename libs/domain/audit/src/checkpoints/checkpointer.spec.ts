import { beforeEach, describe, expect, it } from '@jest/globals'
import { Unavailable } from '@ac/kernel'
import { auditEvent, MovingClock, RecordingLog } from '@ac/kernel/testing'
import type { ChainPosition } from '../chain/chain-position.ts'
import { formatPosition } from '../chain/chain-position.ts'
import { InMemoryChainWriter } from '../testing/in-memory-chain-writer.ts'
import { Checkpointer } from './checkpointer.ts'

const EVENT = auditEvent()
let trail: InMemoryChainWriter
let transactions: InMemoryChainWriter
let log: RecordingLog
let others: ChainPosition[]
let asked: { readonly seconds: number; readonly except: readonly string[] }[]
let failure: Error | undefined
let checkpointer: Checkpointer

beforeEach(() => {
  trail = new InMemoryChainWriter()
  transactions = new InMemoryChainWriter()
  log = new RecordingLog()
  others = []
  asked = []
  failure = undefined
  const ends = {
    unvouched: async (seconds: number, except: readonly string[]) => {
      asked.push({ seconds, except })
      if (failure) throw failure
      return others
    },
  }
  checkpointer = new Checkpointer({ ends, writers: [trail, transactions], clock: new MovingClock().now, log })
})

const told = ({ events }: InMemoryChainWriter) =>
  events.filter(({ type }) => type === 'audit.checkpoint').map(({ reason, target }) => [reason, target])

/** Where the chain of a process that is gone ends. */
async function foreignEnd(): Promise<ChainPosition> {
  const foreign = new InMemoryChainWriter()
  await foreign.append([EVENT])
  if (!foreign.end) throw new Error('it has written something')
  return foreign.end
}

describe('a checkpoint', () => {
  it('is an event in each chain that has grown, and a line in the log that names its end', async () => {
    await trail.append([EVENT])
    await transactions.append([EVENT])
    await checkpointer.checkpoint()
    for (const writer of [trail, transactions]) expect(told(writer)).toEqual([['interval', undefined]])
    expect(log.lines).toEqual(
      [trail, transactions].map(({ end }) => ({
        level: 'info',
        message: 'audit checkpoint',
        fields: { position: end && formatPosition(end) },
      })),
    )
  })

  it('is none where nothing was written since the last one', async () => {
    await checkpointer.checkpoint()
    await trail.append([EVENT])
    await checkpointer.checkpoint()
    await checkpointer.checkpoint()
    expect(told(trail)).toHaveLength(1)
    expect(told(transactions)).toEqual([])
    expect(log.lines).toHaveLength(1)
  })

  it('vouches for chains of others in the first chain, even if that has not begun', async () => {
    others = [await foreignEnd(), await foreignEnd()]
    await checkpointer.checkpoint()
    expect(told(trail)).toEqual([...others.map((end) => ['witnessed', formatPosition(end)]), ['interval', undefined]])
    expect(told(transactions)).toEqual([])
  })

  it('looks back a day at first and after a failure, then ten minutes; and not at its own chain', async () => {
    await trail.append([EVENT])
    await checkpointer.checkpoint()
    await checkpointer.checkpoint()
    failure = new Unavailable('database')
    await expect(checkpointer.checkpoint()).rejects.toThrow(Unavailable)
    failure = undefined
    await checkpointer.checkpoint()
    expect(asked.map(({ seconds }) => seconds)).toEqual([86_400, 600, 600, 86_400])
    expect(asked[0]?.except).toEqual([trail.end?.writer])
  })

  it('is made up for by the next one when it could not be written', async () => {
    await trail.append([EVENT])
    trail.refuse(new Unavailable('database'))
    await expect(checkpointer.checkpoint()).rejects.toThrow(Unavailable)
    expect(log.lines).toEqual([])
    trail.refuse(undefined)
    await checkpointer.checkpoint()
    expect(told(trail)).toEqual([['interval', undefined]])
  })
})

describe('the last checkpoint', () => {
  it('says that each chain is complete, whether it has grown or not', async () => {
    await trail.append([EVENT])
    await transactions.append([EVENT])
    await checkpointer.checkpoint()
    await checkpointer.stop()
    for (const writer of [trail, transactions])
      expect(told(writer)).toEqual([
        ['interval', undefined],
        ['stopped', undefined],
      ])
    expect(log.lines).toHaveLength(4)
  })

  it('vouches for others, too', async () => {
    await trail.append([EVENT])
    others = [await foreignEnd()]
    await checkpointer.stop()
    expect(told(trail).map(([reason]) => reason)).toEqual(['witnessed', 'stopped'])
  })

  it('is none for a process that wrote nothing, which then asks the storage nothing', async () => {
    others = [await foreignEnd()]
    await checkpointer.stop()
    expect([trail.events, transactions.events, asked, log.lines]).toEqual([[], [], [], []])
  })
})
