import { Counter, Gauge, Histogram, type OpenMetricsContentType, type Registry } from 'prom-client'
import { combinations, type Labels, type LabelValues, type MetricDefinition } from './definition.ts'
import { kept } from './kept.ts'

/** The trace in which something was measured; a histogram keeps it as the exemplar of the bucket. */
export interface TraceReference {
  readonly traceId: string
  readonly spanId: string
}

/** One series of a counter. */
export interface CounterSeries {
  increase(by?: number): void
}

/** One series of a gauge. */
export interface GaugeSeries {
  set(value: number): void
}

/** One series, with all its buckets, of a histogram. */
export interface HistogramSeries {
  observe(value: number, trace?: TraceReference): void
}

interface SeriesOfType {
  readonly counter: CounterSeries
  readonly gauge: GaugeSeries
  readonly histogram: HistogramSeries
}

/** A metric in a registry. */
export interface Metric<L extends Labels, Series> {
  /** The series of these labels, made when it is asked for first and kept: the same object each time. */
  series(labels: LabelValues<L>): Series
}

/** The metric that `Definition` defines. */
export type MetricOf<Definition> =
  Definition extends MetricDefinition<infer Type, infer L> ? Metric<L, SeriesOfType[Type]> : never

type MetricRegistry = Registry<OpenMetricsContentType>
type Make<Series> = (labels: LabelValues<Labels>) => Series

/** Puts a metric into `registry`, with its initial series at zero. */
export function register(registry: MetricRegistry, definition: MetricDefinition): Metric<Labels, unknown> {
  const make: Make<object> = makers[definition.type](registry, definition)
  const series = kept(Object.keys(definition.labels), make)
  for (const labels of definition.initial ?? combinations(definition.labels)) series(labels)
  return { series }
}

const configuration = (registry: MetricRegistry, { name, help, labels }: MetricDefinition) => ({
  name,
  help,
  labelNames: Object.keys(labels),
  registers: [registry],
})

type Maker<Series> = (registry: MetricRegistry, definition: MetricDefinition) => Make<Series>

const makers: { readonly [Type in keyof SeriesOfType]: Maker<SeriesOfType[Type]> } = {
  counter: (registry, definition) => {
    const metric = new Counter(configuration(registry, definition))
    return (labels) => {
      const child = metric.labels(labels)
      child.inc(0)
      return { increase: (by = 1) => child.inc(by) }
    }
  },
  gauge: (registry, definition) => {
    const metric = new Gauge(configuration(registry, definition))
    return (labels) => {
      const child = metric.labels(labels)
      child.set(0)
      return { set: (value) => child.set(value) }
    }
  },
  histogram: (registry, definition) => {
    const buckets = [...(definition.buckets ?? [])]
    const metric = new Histogram({ ...configuration(registry, definition), buckets, enableExemplars: true })
    return (labels) => {
      metric.zero(labels)
      const child = metric.labels(labels)
      return {
        observe: (value, trace) => {
          if (trace) metric.observe({ labels, value, exemplarLabels: exemplarOf(trace) })
          else child.observe(value)
        },
      }
    }
  },
}

/** The names that Grafana looks for. */
const exemplarOf = ({ traceId, spanId }: TraceReference) => ({ trace_id: traceId, span_id: spanId })
