import { expect, it } from '@jest/globals'
import fc from 'fast-check'
import { anEventArbitrary } from '../testing/audit-event-arbitrary.ts'
import { FakeChainKey } from '../testing/fake-chain-key.ts'
import { InMemoryStoredTrail } from '../testing/in-memory-stored-trail.ts'
import { attackArbitrary } from '../testing/trail-attacks.ts'
import { TrailHistory } from '../testing/trail-history.ts'
import { TrailVerifier } from './trail-verifier.ts'

const WRITERS = 3

/** Events of ours, and checkpoints only where somebody vouches. */
const act = anEventArbitrary.filter(({ type }) => !type.startsWith('audit.'))

/** What several writers do in turn: record some events, vouch for the others, or lose sight of their own end. */
const historyArbitrary = fc
  .array(
    fc.oneof(
      fc.record({ writer: fc.nat(WRITERS - 1), events: fc.array(act, { minLength: 1, maxLength: 4 }) }),
      fc.record({ writer: fc.nat(WRITERS - 1), events: fc.constant([]) }),
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((steps) => {
    const history = new TrailHistory(WRITERS)
    history.record(1, {})
    for (const { writer, events } of steps) {
      if (events.length > 0) history.record(writer, ...events)
      else history.vouch(writer)
    }
    history.vouch(0)
    return history
  })

const findingsOf = async (rows: TrailHistory['rows'], pageSize: number) => {
  const stored = new InMemoryStoredTrail({ rows, pageSize })
  return (await new TrailVerifier({ stored, keys: [new FakeChainKey()] }).verify()).findings
}

it('finds nothing in any history that nobody touched', async () => {
  await fc.assert(
    fc.asyncProperty(historyArbitrary, fc.integer({ min: 1, max: 9 }), async ({ rows }, pageSize) => {
      expect(await findingsOf(rows, pageSize)).toEqual([])
    }),
  )
})

it('finds any one change of any history', async () => {
  const attacked = historyArbitrary.chain((history) =>
    fc.tuple(attackArbitrary(history), fc.integer({ min: 1, max: 9 })),
  )
  await fc.assert(
    fc.asyncProperty(attacked, async ([{ rows }, pageSize]) => {
      expect(await findingsOf([...rows], pageSize)).not.toEqual([])
    }),
    { numRuns: 300 },
  )
})
