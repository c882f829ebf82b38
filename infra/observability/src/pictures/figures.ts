import type { Limits } from '../dashboards/question.ts'
import type { Answer } from './answer.ts'
import type { Box } from './box.ts'
import { formatValue } from './format-value.ts'
import { FAINT_INK, INK, LEVELS } from './palette.ts'
import { fitted, text } from './svg.ts'

const MOST_ROWS = 5

/** One large figure, or a few with their names, in the colour of how bad they are. */
export function figures({ question, series }: Answer, box: Box): string {
  const { unit, limits } = question
  const values = series.map(({ name, points }) => ({ name, value: points.at(-1)?.[1] ?? Number.NaN }))
  const [only, ...others] = values
  if (only !== undefined && others.length === 0) {
    const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 + 8 }
    const style = { 'text-anchor': 'middle', 'font-size': 34, 'font-weight': 600, fill: colourOf(only.value, limits) }
    return (
      text(middle.x, middle.y, formatValue(only.value, unit), style) +
      text(middle.x, box.y + box.height - 10, only.name, { 'text-anchor': 'middle', fill: FAINT_INK })
    )
  }
  const rows = values.slice(0, MOST_ROWS)
  const step = box.height / (rows.length + 0.5)
  return rows
    .map(({ name, value }, index) => {
      const y = box.y + step * (index + 0.75)
      const style = { 'text-anchor': 'end', 'font-size': 15, 'font-weight': 600, fill: colourOf(value, limits) }
      return (
        text(box.x + 14, y, fitted(name, box.width - 110, 12), { fill: INK }) +
        text(box.x + box.width - 14, y, formatValue(value, unit), style)
      )
    })
    .join('')
}

function colourOf(value: number, limits: Limits | undefined): string {
  if (limits === undefined) return LEVELS.green
  const isBeyond = (limit: number | undefined): boolean =>
    limit !== undefined && (limits.bad === 'above' ? value >= limit : value < limit)
  if (isBeyond(limits.critical)) return LEVELS.red
  return isBeyond(limits.warning) ? LEVELS.orange : LEVELS.green
}
