import type { Log } from '@ac/kernel'
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace'

type Report = Parameters<SpanExporter['export']>[1]

/** An exporter that tells the log when it begins to fail and when it works again, and not each time. */
export class WatchedExporter implements SpanExporter {
  readonly #exporter: SpanExporter
  readonly #log: Log
  #failing = false

  constructor(exporter: SpanExporter, log: Log) {
    this.#exporter = exporter
    this.#log = log
  }

  export(spans: ReadableSpan[], report: Report): void {
    this.#exporter.export(spans, (result) => {
      this.#note(result.error)
      report(result)
    })
  }

  forceFlush(): Promise<void> {
    return this.#exporter.forceFlush?.() ?? Promise.resolve()
  }

  shutdown(): Promise<void> {
    return this.#exporter.shutdown()
  }

  #note(error: Error | undefined): void {
    const failing = error !== undefined
    if (failing === this.#failing) return
    this.#failing = failing
    if (failing)
      this.#log.warn('cannot send traces; those that do not fit in the queue are lost', { cause: error.message })
    else this.#log.info('traces are sent again')
  }
}
