import { setTimeout as sleep } from 'node:timers/promises'
import { DomainError, Unavailable } from '@ac/kernel'
import { describe, expect, it } from '@jest/globals'
import { SpanKind, SpanStatusCode } from '@opentelemetry/api'
import { createSampler } from '../../src/tracing/create-sampler.ts'
import type { RequestTrace, Tracing } from '../../src/tracing/tracing.ts'
import { recordingTracing } from './recorded-spans.ts'

const PARENT = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7', sampled: true }
const nothing = () => ({})
const work = (): Promise<string> => Promise.resolve('done')

class Refused extends DomainError {
  readonly code = 'refused_by_rule'

  constructor() {
    super('a message that says hunter2')
  }
}

/** Runs `act` as a request of `parent`; gives what it gave, and the traces of the request. */
async function inRequest<T>(
  tracing: Tracing,
  parent: typeof PARENT | undefined,
  act: () => Promise<T>,
): Promise<{ readonly result: T; readonly trace: RequestTrace }> {
  let traceOfRequest: RequestTrace | undefined
  let acting: Promise<T> | undefined
  tracing.request(parent, (trace) => {
    traceOfRequest = trace
    acting = act()
  })
  if (!acting || !traceOfRequest) throw new Error('a request runs at once')
  return { result: await acting, trace: traceOfRequest }
}

describe('a span', () => {
  it('continues the trace of the caller', async () => {
    const { tracing, spans } = recordingTracing()
    const { result, trace } = await inRequest(tracing, PARENT, () => tracing.begin('issue', nothing, work))
    expect(result).toBe('done')
    const [span] = spans()
    expect(span).toMatchObject({
      name: 'ac.token.issue',
      traceId: PARENT.traceId,
      parentSpanId: PARENT.spanId,
      kind: SpanKind.SERVER,
      status: SpanStatusCode.UNSET,
      attributes: { 'ac.outcome': 'success' },
    })
    expect(trace.recorded).toEqual({ traceId: PARENT.traceId, spanId: span?.spanId })
  })

  it('begins a trace where the caller has none, one for all of a request', async () => {
    const { tracing, spans } = recordingTracing()
    await inRequest(tracing, undefined, async () => {
      await tracing.begin('verify', nothing, work)
      await tracing.begin('rotateKeys', nothing, work)
    })
    await inRequest(tracing, undefined, () => tracing.begin('verify', nothing, work))
    const [verify, rotate, other] = spans()
    expect(rotate?.traceId).toBe(verify?.traceId)
    expect([verify?.parentSpanId, rotate?.parentSpanId]).toEqual([undefined, undefined])
    expect(other?.traceId).not.toBe(verify?.traceId)
  })

  it('is the child of the span that it begins in, also after a pause and beside others', async () => {
    const { tracing, spans } = recordingTracing()
    const nested = (): Promise<string> =>
      tracing.begin('issue', nothing, async () => {
        await sleep(Math.random() * 10)
        await tracing.continue('validateClient', nothing, async () => {
          await sleep(Math.random() * 10)
          return tracing.continue('queryClient', nothing, work)
        })
        return tracing.continue('sign', nothing, work)
      })
    await Promise.all(Array.from({ length: 20 }, () => inRequest(tracing, undefined, nested)))
    const parentOf = (span: { readonly parentSpanId: string | undefined } | undefined) =>
      spans().find(({ spanId }) => spanId === span?.parentSpanId)
    const places = spans().map((span) => [span.name, parentOf(span)?.name, parentOf(span)?.traceId ?? span.traceId])
    expect(spans()).toHaveLength(80)
    for (const [index, [name, parent, traceId]] of places.entries()) {
      expect([name, parent, traceId]).toEqual([name, PARENTS[name ?? ''], spans()[index]?.traceId])
    }
  })

  it('that is only a part of others is not there without them', async () => {
    const { tracing, spans } = recordingTracing()
    await tracing.continue('validateClient', nothing, work)
    await inRequest(tracing, PARENT, () => tracing.continue('queryClient', nothing, work))
    expect(spans()).toEqual([])
  })
})

const PARENTS: Readonly<Record<string, string>> = {
  'ac.client.validate': 'ac.token.issue',
  'ac.db.query.client': 'ac.client.validate',
  'ac.token.sign': 'ac.token.issue',
}

describe('an error in a span', () => {
  it('that refuses a caller leaves its code, no message, and no status of an error', async () => {
    const { tracing, spans } = recordingTracing()
    const failing = tracing.begin('issue', nothing, () => Promise.reject(new Refused()))
    await expect(failing).rejects.toThrow(Refused)
    expect(spans()).toEqual([
      expect.objectContaining({
        status: SpanStatusCode.UNSET,
        statusMessage: undefined,
        events: 0,
        attributes: { 'ac.outcome': 'refused', 'error.type': 'refused_by_rule' },
      }),
    ])
    expect(JSON.stringify(spans())).not.toContain('hunter2')
  })

  it.each([
    [new Unavailable('database', { cause: new Error('hunter2') }), 'unavailable'],
    [new TypeError('hunter2'), 'TypeError'],
    ['hunter2', 'other'],
  ])('that is ours is one of the span: %s', async (error, type) => {
    const { tracing, spans } = recordingTracing()
    const failing = async (): Promise<never> => {
      const thrown: unknown = error
      throw thrown
    }
    await expect(tracing.begin('issue', nothing, failing)).rejects.toBe(error)
    expect(spans()).toEqual([
      expect.objectContaining({
        status: SpanStatusCode.ERROR,
        statusMessage: undefined,
        events: 0,
        attributes: { 'ac.outcome': 'failure', 'error.type': type },
      }),
    ])
  })
})

describe('a trace that is not recorded', () => {
  it('leaves no spans, describes nothing, and tells nobody of itself', async () => {
    const { tracing, spans } = recordingTracing(createSampler('parentbased_always_on', 1))
    const describing = () => {
      throw new Error('nobody asks')
    }
    const { trace } = await inRequest(tracing, { ...PARENT, sampled: false }, () =>
      tracing.begin('issue', describing, async (reference) => {
        expect(reference).toBeUndefined()
        expect(tracing.recorded).toBeUndefined()
        return tracing.continue('sign', describing, work)
      }),
    )
    expect(trace.recorded).toBeUndefined()
    expect(spans()).toEqual([])
  })
})

describe('what is recorded', () => {
  it('can be asked for by whatever runs in the request', async () => {
    const { tracing } = recordingTracing()
    const { result, trace } = await inRequest(tracing, PARENT, async () => {
      await tracing.begin('verify', nothing, work)
      await sleep(1)
      return tracing.recorded
    })
    expect(result).toEqual(trace.recorded)
    expect(tracing.recorded).toBeUndefined()
  })
})
