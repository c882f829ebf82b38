import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  type Sampler,
} from '@opentelemetry/sdk-trace'

/** The values of `OTEL_TRACES_SAMPLER` that are understood. */
export type SamplerName = RootSamplerName | `parentbased_${RootSamplerName}`

type RootSamplerName = 'always_on' | 'always_off' | 'traceidratio'

const ROOTS: Readonly<Record<RootSamplerName, (ratio: number) => Sampler>> = {
  always_on: () => new AlwaysOnSampler(),
  always_off: () => new AlwaysOffSampler(),
  traceidratio: (ratio) => new TraceIdRatioBasedSampler(ratio),
}

/**
 * The sampler of that name in OpenTelemetry's specification.
 * @param ratio share of the traces that a sampler by ratio records, 0 to 1
 */
export function createSampler(name: SamplerName, ratio: number): Sampler {
  const root = name.replace('parentbased_', '') as RootSamplerName
  const sampler = ROOTS[root](ratio)
  return name === root ? sampler : new ParentBasedSampler({ root: sampler })
}
