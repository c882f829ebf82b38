import { RecordingLog } from '@ac/kernel/testing'
import { describe, expect, it } from '@jest/globals'
import type { SpanExporter } from '@opentelemetry/sdk-trace'
import { WatchedExporter } from '../../src/tracing/watched-exporter.ts'

type Result = Parameters<Parameters<SpanExporter['export']>[1]>[0]

/** As OpenTelemetry's core, which is no dependency of ours, would write it. */
const resultOf = (error: Error | undefined): Result =>
  Object.assign(JSON.parse(`{"code":${error ? 1 : 0}}`), error && { error })

describe('WatchedExporter', () => {
  it('tells once that sending fails, once that it works again, and reports each result', () => {
    const results = [undefined, new Error('gone'), new Error('gone'), undefined, undefined, new Error('gone')]
    const reported: unknown[] = []
    const log = new RecordingLog()
    let next = 0
    const exporter: SpanExporter = {
      export: (_spans, report) => {
        const error = results[next++]
        report(resultOf(error))
      },
      shutdown: () => Promise.resolve(),
    }
    const watched = new WatchedExporter(exporter, log)
    for (let index = 0; index < results.length; index++) watched.export([], (result) => reported.push(result.error))
    expect(reported).toEqual(results)
    expect(log.lines.map(({ level, message }) => `${level}: ${message}`)).toEqual([
      'warn: cannot send traces; those that do not fit in the queue are lost',
      'info: traces are sent again',
      'warn: cannot send traces; those that do not fit in the queue are lost',
    ])
    expect(log.lines[0]?.fields).toEqual({ cause: 'gone' })
  })

  it('is flushed and shut down with the exporter within', async () => {
    const calls: string[] = []
    const within: SpanExporter = {
      export: () => undefined,
      forceFlush: async () => void calls.push('flush'),
      shutdown: async () => void calls.push('shutdown'),
    }
    const watched = new WatchedExporter(within, new RecordingLog())
    await watched.forceFlush()
    await watched.shutdown()
    expect(calls).toEqual(['flush', 'shutdown'])
  })
})
