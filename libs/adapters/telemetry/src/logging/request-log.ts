import type { LineWriter } from './line-writer.ts'

/** A request to the API after its answer, as far as the log tells of it. */
export interface LoggedRequest {
  /** As Node's parser read it, which knows its methods and no others. */
  readonly method: string
  /** The pattern of its route; `undefined` where there is no such route. */
  readonly route: string | undefined
  readonly status: number
  readonly seconds: number
  /** `undefined` when it could not even be read. */
  readonly requestId: string | undefined
  readonly trace: { readonly traceId: string } | undefined
}

/**
 * Writes one line for each request, by hand: pino takes longer for it than all metrics together, and nestjs-pino longer
 * than the framework and the database. It may, because nothing in these lines is the caller's: the method and the route are
 * among those that we know, ids are ours, and a trace id is hexadecimal.
 */
export class RequestLog {
  readonly #writer: Pick<LineWriter, 'write'>
  readonly #labels: string

  /** @param labels what every line of this process says */
  constructor(writer: Pick<LineWriter, 'write'>, labels: Readonly<Record<string, string | undefined>>) {
    this.#writer = writer
    this.#labels = JSON.stringify(labels).slice(1, -1)
  }

  observe({ method, route, status, seconds, requestId, trace }: LoggedRequest): void {
    const time = new Date().toISOString()
    const duration = Math.round(seconds * 1e5) / 100
    const ids =
      (requestId === undefined ? '' : `,"request_id":"${requestId}"`) + (trace ? `,"trace_id":"${trace.traceId}"` : '')
    this.#writer.write(
      `{"level":"info","time":"${time}",${this.#labels},"method":"${method}","route":"${route ?? 'none'}",` +
        `"status":${status},"duration_ms":${duration}${ids},"msg":"request"}\n`,
    )
  }
}
