import { clip, displayWidth } from './display-width.ts'
import { visible } from './visible.ts'

/** A column of a table. */
export interface Column {
  readonly header: string
  /** Whether its cells may be cut short when the table is too wide. */
  readonly shrinks?: boolean
}

/** The cells of a row, in the order of the columns; `undefined` is printed as `-`. */
export type Row = readonly (string | undefined)[]

const MAX_WIDTH = 100
const GAP = 2
/** Shorter than this a cell tells nothing any more. */
const MIN_CELL = 8

/** Aligned columns under a line of headers, no wider than 100 columns as far as cutting short what may be cut helps. */
export function table(columns: readonly Column[], rows: readonly Row[]): string {
  const cells = rows.map((row) => columns.map((_, index) => visible(row[index] ?? '-')))
  const widths = columns.map(({ header }, index) =>
    cells.reduce((width, row) => Math.max(width, displayWidth(row[index] ?? '')), header.length),
  )
  shrink(columns, widths)
  const line = (row: readonly string[]): string =>
    `${row
      .map((cell, index) => fit(cell, widths[index] ?? 0))
      .join(' '.repeat(GAP))
      .trimEnd()}\n`
  return [columns.map(({ header }) => header), ...cells].map(line).join('')
}

/** Takes from the widest column that shrinks, one by one, so that what is short stays whole. */
function shrink(columns: readonly Column[], widths: number[]): void {
  const gaps = GAP * (columns.length - 1)
  let excess = widths.reduce((sum, width) => sum + width, gaps) - MAX_WIDTH
  while (excess-- > 0) {
    const room = (index: number): number =>
      columns[index]?.shrinks ? (widths[index] ?? 0) - Math.max(MIN_CELL, columns[index].header.length) : 0
    const candidates = [...widths.keys()].filter((index) => room(index) > 0)
    const [widest] = candidates.toSorted((one, other) => (widths[other] ?? 0) - (widths[one] ?? 0))
    if (widest === undefined) return
    widths[widest] = (widths[widest] ?? 0) - 1
  }
}

function fit(cell: string, width: number): string {
  const clipped = clip(cell, width)
  return clipped + ' '.repeat(Math.max(0, width - displayWidth(clipped)))
}
