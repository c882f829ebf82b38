import { describe, expect, it } from '@jest/globals'
import { createSampler, type SamplerName } from '../../src/tracing/create-sampler.ts'
import { recordingTracing } from './recorded-spans.ts'

const SPAN_ID = '00f067aa0ba902b7'

/** How many of 200 traces are recorded, whose callers have sampled theirs, have not, or have none. */
async function recorded(name: SamplerName, ratio: number, sampled: boolean | undefined): Promise<number> {
  const { tracing, spans } = recordingTracing(createSampler(name, ratio))
  for (let index = 0; index < 200; index++) {
    const traceId = (BigInt(index) * 0x1_5555_5555_5555_5555n + 1n).toString(16).padStart(32, '0')
    const parent = sampled === undefined ? undefined : { traceId, spanId: SPAN_ID, sampled }
    await new Promise<void>((resolve) => {
      tracing.request(
        parent,
        () =>
          void tracing.begin(
            'issue',
            () => ({}),
            async () => resolve(),
          ),
      )
    })
  }
  return spans().length
}

describe('createSampler', () => {
  it.each([
    ['always_on', 1, undefined, 200],
    ['always_on', 1, false, 200],
    ['always_off', 1, true, 0],
    ['traceidratio', 0, true, 0],
    ['traceidratio', 1, false, 200],
    ['parentbased_always_on', 1, undefined, 200],
    ['parentbased_always_on', 1, false, 0],
    ['parentbased_always_off', 1, undefined, 0],
    ['parentbased_always_off', 1, true, 200],
    ['parentbased_traceidratio', 0, undefined, 0],
    ['parentbased_traceidratio', 0, true, 200],
    ['parentbased_traceidratio', 1, false, 0],
  ] as const)('%s with %d records, of 200 whose callers say %s: %d', async (name, ratio, sampled, count) => {
    expect(await recorded(name, ratio, sampled)).toBe(count)
  })

  it('records about the share that it is told', async () => {
    const count = await recorded('parentbased_traceidratio', 0.25, undefined)
    expect(count).toBeGreaterThan(20)
    expect(count).toBeLessThan(90)
  })
})
