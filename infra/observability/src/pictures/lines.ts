import type { Limits, Unit } from '../dashboards/question.ts'
import type { Answer, NamedSeries, Period } from './answer.ts'
import { axisOver, axisUpTo, type Axis } from './axis.ts'
import type { Box } from './box.ts'
import { formatValue } from './format-value.ts'
import { legend } from './legend.ts'
import { FAINT_INK, GRID, LEVELS, lineColour } from './palette.ts'
import { element, round, text } from './svg.ts'

const LEFT = 58
const RIGHT = 14
const AXIS = 18

/** Lines or stacked areas over the time, with an axis, dashed limits and a legend. */
export function lines({ question, series }: Answer, box: Box, period: Period): string {
  const { unit, limits, shape, range } = question
  const drawn = shape === 'areas' ? stacked(series) : series
  const names = legend(series, unit, {
    x: box.x + LEFT,
    width: box.width - LEFT - RIGHT,
    bottom: box.y + box.height - 8,
  })
  const plot = {
    x: box.x + LEFT,
    y: box.y,
    width: box.width - LEFT - RIGHT,
    height: box.height - AXIS - names.height - 10,
  }
  const greatest = Math.max(0, ...drawn.flatMap(({ points }) => points.map(([, value]) => value)))
  const axis = range ? axisOver(range.least, range.most) : axisUpTo(limitInSight(limits, greatest), unit)
  const scale = { plot, axis, period }
  const marks = drawn.map((one, index) => mark(one, drawn[index - 1], lineColour(index), shape === 'areas', scale))
  return [grid(scale, unit), ...marks.toReversed(), ...limitLines(limits, scale, unit), names.svg].join('')
}

interface Scale {
  readonly plot: Box
  readonly axis: Axis
  readonly period: Period
}

/** A limit that the lines come near to belongs into the picture. */
const limitInSight = (limits: Limits | undefined, greatest: number): number =>
  Math.max(
    greatest,
    ...levels(limits)
      .map(({ value }) => value)
      .filter((value) => value <= greatest * 2),
  )

const levels = (limits: Limits | undefined) =>
  (['warning', 'critical'] as const).flatMap((level) => {
    const value = limits?.[level]
    return value === undefined ? [] : [{ value, colour: level === 'warning' ? LEVELS.orange : LEVELS.red }]
  })

const across = ({ plot, period }: Scale, at: number): number =>
  round(plot.x + ((at - period.from) / (period.to - period.from)) * plot.width)

const up = ({ plot, axis }: Scale, value: number): number =>
  round(plot.y + plot.height * (1 - (Math.max(axis.least, value) - axis.least) / (axis.most - axis.least)))

/** Each series upon those before it. All have the same times, as Prometheus gives them; where one has none it adds none. */
function stacked(series: readonly NamedSeries[]): readonly NamedSeries[] {
  const foot = new Map<number, number>()
  const times = [...new Set(series.flatMap(({ points }) => points.map(([at]) => at)))].toSorted((a, b) => a - b)
  return series.map(({ name, points }) => {
    const own = new Map(points)
    for (const at of times) foot.set(at, (foot.get(at) ?? 0) + (own.get(at) ?? 0))
    return { name, points: times.map((at) => [at, foot.get(at) ?? 0] as const) }
  })
}

function mark(
  { points }: NamedSeries,
  below: NamedSeries | undefined,
  colour: string,
  isArea: boolean,
  scale: Scale,
): string {
  if (points.length === 0) return ''
  const place = ([at, value]: readonly [number, number]): string => `${across(scale, at)},${up(scale, value)}`
  const line = points.map(place)
  const stroke = { fill: 'none', stroke: colour, 'stroke-width': 1.5, 'stroke-linejoin': 'round' }
  if (!isArea) return element('polyline', { ...stroke, points: line.join(' ') })
  const foot = below?.points.map(place) ?? [points[0], points.at(-1)].map((end) => place([end?.[0] ?? 0, 0]))
  return element('polygon', {
    fill: colour,
    'fill-opacity': 0.35,
    stroke: colour,
    points: [...line, ...foot.toReversed()].join(' '),
  })
}

function grid(scale: Scale, unit: Unit): string {
  const { plot, axis, period } = scale
  const values = axis.ticks.map((tick) => {
    const y = up(scale, tick)
    const path = element('line', { x1: plot.x, x2: plot.x + plot.width, y1: y, y2: y, stroke: GRID })
    return path + text(plot.x - 6, y + 4, formatValue(tick, unit), { 'text-anchor': 'end', fill: FAINT_INK })
  })
  const length = period.to - period.from
  const times = axisUpTo(length, 's').ticks.filter((tick) => tick <= length)
  const labels = times.map((tick) =>
    text(across(scale, period.from + tick), plot.y + plot.height + AXIS - 4, `${tick} s`, {
      'text-anchor': 'middle',
      fill: FAINT_INK,
    }),
  )
  return [...values, ...labels].join('')
}

/** A limit that is out of the picture is told above it. */
function limitLines(limits: Limits | undefined, scale: Scale, unit: Unit): readonly string[] {
  const { plot, axis } = scale
  const all = levels(limits)
  const dashed = all
    .filter(({ value }) => value <= axis.most)
    .map(({ value, colour }) => {
      const y = up(scale, value)
      const ends = { x1: plot.x, x2: plot.x + plot.width, y1: y, y2: y }
      return element('line', { ...ends, stroke: colour, 'stroke-width': 1.5, 'stroke-dasharray': '6 4' })
    })
  const beyond = all.filter(({ value }) => value > axis.most)
  const told = beyond.map(({ value }) => formatValue(value, unit)).join(' and ')
  const place = { 'text-anchor': 'end', fill: LEVELS.red, 'font-size': 11 }
  return told === '' ? dashed : [...dashed, text(plot.x + plot.width, plot.y - 9, `limit ${told} ↑`, place)]
}
