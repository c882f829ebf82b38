/** One request of a load; a load sends its requests in turn, on every connection. */
export interface LoadRequest {
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** A load that goes on for some time. */
export interface Load {
  readonly url: string
  readonly connections: number
  readonly seconds: number
  readonly requests: readonly LoadRequest[]
}

/** A load that sends each of its requests once, as soon as a connection is free. */
export type Burst = Omit<Load, 'seconds'>

/** What a load generator found. */
export interface LoadResult {
  readonly perSecond: number
  readonly requests: number
  /** Errors, time-outs, and answers that were not 2xx. */
  readonly failed: number
  readonly p50Ms: number
  readonly p99Ms: number
}

/** Something to be measured, again and again. */
export interface Leg {
  readonly name: string
  /** The server's process, for its CPU time and memory. */
  readonly pid: number
  readonly url: string
  readonly requests: readonly LoadRequest[]
}

/** One round of a leg. */
export interface Round extends LoadResult {
  /** CPU time of the server's process for one request; `undefined` where the system does not tell it. */
  readonly cpuMicroseconds: number | undefined
}
