/** One sample of a text in Prometheus' or OpenMetrics' format. */
export interface ReadSample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
  /** What follows `#`, as it is written. */
  readonly exemplar: string | undefined
}

const SAMPLE = /^([a-zA-Z_:][\w:]*)(?:\{(.*?)\})? (\S+)(?: # (.+))?$/
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g

/** Every sample of `text`. A line that is neither a sample nor a comment is an error. */
export const readExposition = (text: string): readonly ReadSample[] =>
  text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, name, labels = '', value, exemplar] = SAMPLE.exec(line) ?? []
      if (name === undefined) throw new Error(`no sample: ${line}`)
      const pairs = [...labels.matchAll(LABEL)].map(([, label = '', written = '']) => [label, written] as const)
      return { name, labels: Object.fromEntries(pairs), value: Number(value), exemplar }
    })
