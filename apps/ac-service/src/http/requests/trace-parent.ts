/** A place in a distributed trace (W3C Trace Context). */
export interface TraceParent {
  /** 32 lower case hex digits, not all zero. */
  readonly traceId: string
  /** 16 lower case hex digits, not all zero: the span there. */
  readonly spanId: string
  /** Whether the trace is recorded. */
  readonly sampled: boolean
}

/** Version 00 ends here; a later version may say more after another dash. */
const TRACEPARENT = /^(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/

/** Reads a `traceparent` header (W3C Trace Context section 3.2); `undefined` when there is none or it is not valid. */
export function parseTraceParent(header: string | string[] | undefined): TraceParent | undefined {
  if (typeof header !== 'string') return undefined
  const [, version, traceId, spanId, flags, more] = TRACEPARENT.exec(header) ?? []
  if (traceId === undefined || spanId === undefined || (version === '00' && more !== undefined)) return undefined
  return { traceId, spanId, sampled: (Number.parseInt(flags ?? '', 16) & 1) === 1 }
}
