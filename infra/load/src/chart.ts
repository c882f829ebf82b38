/** One line of a chart; a point that is `NaN` is left out. */
export interface Series {
  readonly name: string
  readonly points: readonly number[]
}

/** What a chart shows over the time. */
export interface Chart {
  readonly title: string
  readonly unit: string
  /** Seconds from one point to the next. */
  readonly step: number
  readonly series: readonly Series[]
}

const COLOURS = ['#1f6feb', '#d1242f', '#1a7f37', '#9a6700', '#8250df', '#57606a']
const WIDTH = 860
const HEIGHT = 220
const LEFT = 60
const BOTTOM = 28
const TOP = 12
const TICKS = 4

/** Text as it may stand in HTML. */
export const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** A line chart over the time as an SVG element, beginning at zero. */
export function lineChart({ title, unit, step, series }: Chart): string {
  const most = niceCeiling(Math.max(0, ...series.flatMap(({ points }) => points.filter(Number.isFinite))))
  const length = Math.max(2, ...series.map(({ points }) => points.length))
  const x = (index: number): number => LEFT + (index / (length - 1)) * (WIDTH - LEFT - 10)
  const y = (value: number): number => HEIGHT - BOTTOM - (value / most) * (HEIGHT - BOTTOM - TOP)
  const ticks = Array.from({ length: TICKS + 1 }, (_, index) => (index / TICKS) * most)
  const grid = ticks.map(
    (tick) =>
      `<line x1="${LEFT}" x2="${WIDTH - 10}" y1="${y(tick).toFixed(1)}" y2="${y(tick).toFixed(1)}" stroke="#d0d7de"/>` +
      `<text x="${LEFT - 6}" y="${(y(tick) + 4).toFixed(1)}" text-anchor="end">${Number(tick.toPrecision(3))}</text>`,
  )
  const times = [0, length - 1].map(
    (index) =>
      `<text x="${x(index).toFixed(1)}" y="${HEIGHT - 8}" text-anchor="${index === 0 ? 'start' : 'end'}">${index * step} s</text>`,
  )
  const lines = series.map(({ points }, index) => {
    const path = points.flatMap((value, at) =>
      Number.isFinite(value) ? [`${x(at).toFixed(1)},${y(value).toFixed(1)}`] : [],
    )
    return `<polyline fill="none" stroke="${colour(index)}" stroke-width="1.5" points="${path.join(' ')}"/>`
  })
  const legend = series.map(({ name }, index) => `<b style="color:${colour(index)}">${escape(name)}</b>`)
  return (
    `<figure><figcaption>${escape(title)}, ${escape(unit)}: ${legend.join(', ')}</figcaption>` +
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escape(title)}">` +
    `${[...grid, ...times, ...lines].join('')}</svg></figure>`
  )
}

const colour = (index: number): string => COLOURS[index % COLOURS.length] ?? ''

/** The least of 1, 2, 5, 10, 20, 50, ... that is not below `value`. */
function niceCeiling(value: number): number {
  if (value <= 0) return 1
  const power = 10 ** Math.floor(Math.log10(value))
  return ([1, 2, 5, 10].find((factor) => factor * power >= value) ?? 10) * power
}
