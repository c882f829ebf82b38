import type { ExpositionFormat } from './negotiate-format.ts'

/** One metric with its samples, as prom-client hands them out. */
export interface CollectedMetric {
  readonly name: string
  readonly help: string
  readonly type: string
  readonly values: readonly Sample[]
}

interface Sample {
  readonly value: number
  readonly labels: Readonly<Record<string, string | number>>
  /** Differs from the metric's for the parts of a histogram. */
  readonly metricName?: string
  readonly exemplar?: Exemplar | null
}

interface Exemplar {
  readonly labelSet: Readonly<Record<string, string>>
  readonly value: number
  /** Seconds since 1970. */
  readonly timestamp: number
}

/**
 * Writes metrics in one of the two text formats. prom-client can write both, but not by turns: a registry has one format,
 * and writing OpenMetrics takes the `_total` from the names of its counters for good.
 */
export function writeExposition(metrics: readonly CollectedMetric[], format: ExpositionFormat): string {
  const text = metrics.flatMap((metric) => linesOf(metric, format)).join('\n')
  return format === 'openmetrics' ? `${text}\n# EOF\n` : `${text}\n`
}

function linesOf({ name, help, type, values }: CollectedMetric, format: ExpositionFormat): readonly string[] {
  // OpenMetrics names the family of a counter without the suffix that its sample has.
  const family = format === 'openmetrics' && type === 'counter' ? name.replace(/_total$/, '') : name
  return [
    `# HELP ${family} ${escape(help, format)}`,
    `# TYPE ${family} ${type}`,
    ...values.map((sample) => lineOf(name, sample, format)),
  ]
}

function lineOf(name: string, { metricName, labels, value, exemplar }: Sample, format: ExpositionFormat): string {
  const line = `${metricName ?? name}${writeLabels(labels, format)} ${writeNumber(value)}`
  if (!exemplar || format === 'prometheus') return line
  return `${line} # ${writeLabels(exemplar.labelSet, format)} ${writeNumber(exemplar.value)} ${exemplar.timestamp}`
}

function writeLabels(labels: Sample['labels'], format: ExpositionFormat): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${writeLabel(name, value, format)}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

function writeLabel(name: string, value: string | number, format: ExpositionFormat): string {
  const text = escape(String(value), 'openmetrics')
  // A bound is a label, and in OpenMetrics the label of a whole number is that of a float.
  return name === 'le' && format === 'openmetrics' && /^\d+$/.test(text) ? `${text}.0` : text
}

function writeNumber(value: number): string {
  if (Number.isFinite(value) || Number.isNaN(value)) return String(value)
  return value > 0 ? '+Inf' : '-Inf'
}

/** Quotes are escaped everywhere but in the help texts of Prometheus' own format. */
function escape(text: string, format: ExpositionFormat): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')
  return format === 'openmetrics' ? escaped.replaceAll('"', '\\"') : escaped
}
