/** Prometheus' own text format, or OpenMetrics, which has exemplars. */
export type ExpositionFormat = 'prometheus' | 'openmetrics'

export const CONTENT_TYPES: Readonly<Record<ExpositionFormat, string>> = {
  prometheus: 'text/plain; version=0.0.4; charset=utf-8',
  openmetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
}

const OPENMETRICS = 'application/openmetrics-text'
const TEXT = ['text/plain', 'text/*', '*/*']

interface Accepted {
  readonly type: string
  readonly version: string | undefined
  readonly quality: number
}

/**
 * The format that a scraper prefers by its `Accept` header (RFC 9110 section 12.5.1). OpenMetrics only for who names its
 * version 1.0.0 or none; Prometheus' own for everybody else, browsers included.
 */
export function negotiateFormat(accept: string | undefined): ExpositionFormat {
  const accepted = (accept ?? '').split(',').map(parse)
  const openMetrics = best(accepted, ({ type, version }) => type === OPENMETRICS && (version ?? '1.0.0') === '1.0.0')
  return openMetrics > 0 && openMetrics >= best(accepted, ({ type }) => TEXT.includes(type))
    ? 'openmetrics'
    : 'prometheus'
}

const best = (accepted: readonly Accepted[], matches: (range: Accepted) => boolean): number =>
  Math.max(0, ...accepted.filter(matches).map(({ quality }) => quality))

function parse(range: string): Accepted {
  const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
  const valueOf = (name: string): string | undefined =>
    parameters.find((parameter) => parameter.startsWith(`${name}=`))?.slice(name.length + 1)
  const quality = Number(valueOf('q') ?? 1)
  return { type, version: valueOf('version'), quality: Number.isFinite(quality) ? quality : 0 }
}
