import type { TraceParent } from '../requests/trace-parent.ts'
import type { Endpoint } from './endpoint-of.ts'

/** A request to the API after it was answered, for whoever counts or logs requests. */
export interface AnsweredRequest {
  readonly method: string
  /** The pattern of its route, never its own path; `undefined` where there is no such route. */
  readonly route: string | undefined
  readonly endpoint: Endpoint
  /** The status that it was answered; 499, as nginx has it, when the caller went away before. */
  readonly status: number
  readonly seconds: number
  /** `undefined` when it could not even be read. */
  readonly requestId: string | undefined
  /** The trace that it is part of. */
  readonly trace: TraceParent | undefined
  /** What was thrown when it was refused or failed. */
  readonly failure: unknown
}

/** Is told of every request once, when its answer has left. Must not throw. */
export type RequestObserver = (request: AnsweredRequest) => void
