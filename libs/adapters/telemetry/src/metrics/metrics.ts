import { collectDefaultMetrics, Registry, type OpenMetricsContentType } from 'prom-client'
import { CATALOGUE, type Catalogue } from './catalogue.ts'
import { CONTENT_TYPES, negotiateFormat } from './exposition/negotiate-format.ts'
import { writeExposition, type CollectedMetric } from './exposition/write-exposition.ts'
import { register, type MetricOf } from './series.ts'

/** What a scraper is answered. */
export interface Exposition {
  readonly contentType: string
  readonly body: string
}

type Families = { readonly [Key in keyof Catalogue]: MetricOf<Catalogue[Key]> }

/** Metrics of Node whose labels are whatever this version of Node knows: their number is not ours to bound. */
const UNBOUNDED = /^nodejs_(?:active_|heap_space_)/

/** The metrics of this process: all of the catalogue, and Node's own. */
export class Metrics {
  readonly families: Families
  readonly #registry = new Registry<OpenMetricsContentType>()
  readonly #refreshers: (() => void)[] = []

  /** @param version of the service, for `ac_build_info` */
  constructor(version: string) {
    // Only a registry of this format keeps exemplars; what it would write itself is never asked for.
    this.#registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE)
    this.families = Object.fromEntries(
      Object.entries(CATALOGUE).map(([key, definition]) => [key, register(this.#registry, definition)]),
    ) as unknown as Families
    this.families.buildInfo.series({ version }).set(1)
    collectDefaultMetrics({ register: this.#registry })
    for (const { name } of this.#registry.getMetricsAsArray()) {
      if (UNBOUNDED.test(name)) this.#registry.removeSingleMetric(name)
    }
  }

  /** Has `refresh` called before each scrape, to set gauges. Must not throw or wait. */
  beforeScrape(refresh: () => void): void {
    this.#refreshers.push(refresh)
  }

  /** All metrics as they are now, in the format that the scraper's `Accept` header asks for. */
  async expose(accept?: string): Promise<Exposition> {
    for (const refresh of this.#refreshers) refresh()
    const format = negotiateFormat(accept)
    const collected = (await this.#registry.getMetricsAsJSON()) as unknown as readonly CollectedMetric[]
    return { contentType: CONTENT_TYPES[format], body: writeExposition(collected, format) }
  }
}
