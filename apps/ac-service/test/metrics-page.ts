import { get } from './token-request.ts'

type Labels = Readonly<Record<string, string>>

/** What a service answered to a scrape. */
export class MetricsPage {
  readonly #samples: ReadonlyMap<string, number>

  constructor(text: string) {
    const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
    this.#samples = new Map(
      lines.map((line) => {
        const [, series = line, value] = /^(.*) (\S+)$/.exec(line) ?? []
        return [canonical(series), Number(value)] as const
      }),
    )
  }

  /** Scrapes the management listener at `management`. */
  static async of(management: string): Promise<MetricsPage> {
    return new MetricsPage((await get(`${management}/metrics`)).text)
  }

  /** The value of one series; `undefined` when there is no such. */
  value(name: string, labels: Labels = {}): number | undefined {
    const pairs = Object.entries(labels).map(([label, value]) => `${label}="${value}"`)
    return this.#samples.get(canonical(pairs.length === 0 ? name : `${name}{${pairs.join()}}`))
  }

  /** How much more a series has than it had on an earlier page. */
  since(earlier: MetricsPage, name: string, labels: Labels = {}): number {
    return (this.value(name, labels) ?? 0) - (earlier.value(name, labels) ?? 0)
  }
}

/** The labels of a series may come in any order. */
const canonical = (series: string): string =>
  series.replace(
    /\{(.*)\}/,
    (_all, labels: string) =>
      `{${labels
        .split(/(?<="),/)
        .toSorted()
        .join()}}`,
  )
