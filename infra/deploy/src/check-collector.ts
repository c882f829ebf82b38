import { parse } from 'yaml'

/** What is used here of the components of each kind that the contrib distribution of the collector has. */
const COMPONENTS: Readonly<Record<string, readonly string[]>> = {
  receivers: ['otlp'],
  processors: ['attributes', 'batch', 'memory_limiter', 'tail_sampling'],
  exporters: ['debug', 'otlphttp'],
  extensions: ['health_check'],
}
const IN_PIPELINES = ['receivers', 'processors', 'exporters']

interface Pipeline {
  readonly receivers?: readonly string[]
  readonly processors?: readonly string[]
  readonly exporters?: readonly string[]
}
interface Collector {
  readonly [kind: string]: Readonly<Record<string, unknown>> | undefined
  readonly service?: {
    readonly extensions?: readonly string[]
    readonly pipelines?: Readonly<Record<string, Pipeline>>
  }
}

/**
 * Checks a configuration of the OpenTelemetry collector as far as it goes without the collector: its parts exist, are
 * defined and used, and processors come in an order that makes sense.
 * @returns what is wrong, each as a sentence
 */
export function checkCollector(text: string): readonly string[] {
  const config = parse(text) as Collector
  const pipelines = Object.entries(config.service?.pipelines ?? {})
  return [
    ...Object.keys(config).flatMap((kind) =>
      kind === 'service' || COMPONENTS[kind] ? [] : [`${kind} is no part of a configuration`],
    ),
    ...Object.keys(COMPONENTS).flatMap((kind) => checkComponents(config, kind)),
    ...(pipelines.length === 0
      ? ['there is no pipeline']
      : pipelines.flatMap(([name, pipeline]) => checkPipeline(name, pipeline))),
    ...(/(?:authorization|api[-_]?key|token|password)\s*:\s*(?!["']?\$\{env:)\S/i.test(text)
      ? ['a secret is written down; take it from ${env:...}']
      : []),
  ]
}

function checkComponents({ service, ...config }: Collector, kind: string): readonly string[] {
  const defined = Object.keys(config[kind] ?? {})
  const used =
    kind === 'extensions'
      ? (service?.extensions ?? [])
      : Object.values(service?.pipelines ?? {}).flatMap((pipeline) => pipeline[kind as keyof Pipeline] ?? [])
  return [
    ...defined.flatMap((id) => (COMPONENTS[kind]?.includes(typeOf(id)) ? [] : [`there is no ${kind} ${typeOf(id)}`])),
    ...defined.flatMap((id) => (used.includes(id) ? [] : [`${kind} ${id} is defined and not used`])),
    ...used.flatMap((id) => (defined.includes(id) ? [] : [`${kind} ${id} is used and not defined`])),
  ]
}

function checkPipeline(name: string, pipeline: Pipeline): readonly string[] {
  const order = (pipeline.processors ?? []).map(typeOf)
  return [
    ...(/^(?:traces|metrics|logs)(?:[/].+)?$/.test(name) ? [] : [`${name} carries no known signal`]),
    ...IN_PIPELINES.flatMap((kind) => (pipeline[kind as keyof Pipeline]?.length ? [] : [`${name} has no ${kind}`])),
    ...(order[0] === 'memory_limiter' ? [] : [`${name} does not begin with memory_limiter`]),
    ...(order.at(-1) === 'batch' ? [] : [`${name} does not end with batch, after what drops spans`]),
  ]
}

/** `attributes/privacy` is of the type `attributes`. */
const typeOf = (id: string): string => id.split('/', 1)[0] ?? id
