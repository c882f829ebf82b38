import type { Unit } from '../dashboards/question.ts'

const SECOND = [
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'min'],
  [1, 's'],
  [1e-3, 'ms'],
  [1e-6, 'us'],
] as const

const BYTE = [
  [2 ** 30, 'GiB'],
  [2 ** 20, 'MiB'],
  [2 ** 10, 'KiB'],
  [1, 'B'],
] as const

const COUNT = [
  [1e6, 'M'],
  [1e3, 'k'],
  [1, ''],
] as const

/** A value as people read it, to three digits, in the unit that suits its size. */
export function formatValue(value: number, unit: Unit): string {
  switch (unit) {
    case 's':
    case 'dtdurations':
      return scaled(value, SECOND)
    case 'bytes':
      return scaled(value, BYTE)
    case 'percentunit':
      return `${digits(value * 100)} %`
    case 'reqps':
    case 'ops':
      return `${scaled(value, COUNT)}/s`
    case 'suffix:x':
      return `${scaled(value, COUNT)}x`
    case 'short':
      return scaled(value, COUNT)
    default:
      return unit satisfies never
  }
}

function scaled(value: number, steps: readonly (readonly [number, string])[]): string {
  const [size, name] = steps.find(([least]) => Math.abs(value) >= least) ?? steps.at(-1) ?? [1, '']
  const number = digits(value / size)
  if (number === '0') return number
  return steps === COUNT ? number + name : `${number} ${name}`
}

/** Three digits, at most four of them behind the point. */
const digits = (value: number): string =>
  Math.abs(value) >= 100 ? value.toFixed(0) : String(Number(Number(value.toPrecision(3)).toFixed(4)))
