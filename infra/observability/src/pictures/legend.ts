import type { Unit } from '../dashboards/question.ts'
import type { NamedSeries } from './answer.ts'
import { formatValue } from './format-value.ts'
import { INK, lineColour } from './palette.ts'
import { element, fitted, text, widthOf } from './svg.ts'

const ROW = 15
const SIZE = 11
const SWATCH = 14
const GAP = 16

/** The names of the lines with their last values, in as many rows as they need. @returns its height, and its SVG */
export function legend(
  series: readonly NamedSeries[],
  unit: Unit,
  place: { readonly x: number; readonly width: number; readonly bottom: number },
): { readonly height: number; readonly svg: string } {
  let [column, row] = [0, 0]
  const placed = series.map(({ name, points }) => {
    const last = points.at(-1)?.[1]
    const value = last === undefined ? '' : ` ${formatValue(last, unit)}`
    const label = fitted(name, place.width - SWATCH - widthOf(value, SIZE), SIZE) + value
    const width = SWATCH + widthOf(label, SIZE)
    if (column > 0 && column + width > place.width) [column, row] = [0, row + 1]
    const at = { label, column, row }
    column += width + GAP
    return at
  })
  const svg = placed.map((at, index) => {
    const x = place.x + at.column
    const y = place.bottom - (row - at.row) * ROW
    const swatch = element('rect', { x, y: y - 8, width: 9, height: 9, rx: 2, fill: lineColour(index) })
    return swatch + text(x + SWATCH, y, at.label, { fill: INK })
  })
  return { height: (row + 1) * ROW, svg: svg.join('') }
}
