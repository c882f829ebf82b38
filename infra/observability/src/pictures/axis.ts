import type { Unit } from '../dashboards/question.ts'

const MEBIBYTE = 2 ** 20

/** The values that an axis shows, from its foot to its head. */
export interface Axis {
  readonly least: number
  readonly most: number
  readonly ticks: readonly number[]
}

/**
 * An axis from nothing to at least `greatest`, with about four steps that are easy to read.
 * @param unit what is counted in: steps of bytes are easy to read in powers of two
 */
export function axisUpTo(greatest: number, unit: Unit): Axis {
  if (unit === 'bytes' && greatest > MEBIBYTE) return multiplied(axisUpTo(greatest / MEBIBYTE, 'short'), MEBIBYTE)
  const wanted = greatest > 0 ? greatest : 1
  const power = 10 ** Math.floor(Math.log10(wanted / 4))
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * power * 4 >= wanted) ?? 10) * power
  const steps = Math.max(1, Math.ceil(wanted / step - 1e-9))
  return { least: 0, most: steps * step, ticks: Array.from({ length: steps + 1 }, (_, index) => index * step) }
}

/** An axis over exactly these values. */
export const axisOver = (least: number, most: number): Axis => ({
  least,
  most,
  ticks: [0, 1, 2, 3, 4].map((step) => least + ((most - least) * step) / 4),
})

const multiplied = ({ most, ticks }: Axis, by: number): Axis => ({
  least: 0,
  most: most * by,
  ticks: ticks.map((tick) => tick * by),
})
