import { loadGenerator } from './generator.ts'
import type { Leg, Round } from './leg.ts'
import { cpuMicroseconds } from './process-figures.ts'

/** Puts a leg under load for some seconds. */
export async function measure(leg: Leg, connections: number, seconds: number): Promise<Round> {
  const before = cpuMicroseconds(leg.pid)
  const result = await loadGenerator().run({ url: leg.url, requests: leg.requests, connections, seconds })
  const after = cpuMicroseconds(leg.pid)
  const isKnown = before !== undefined && after !== undefined
  return { ...result, cpuMicroseconds: isKnown ? (after - before) / result.requests : undefined }
}
