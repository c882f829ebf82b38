/** The least, the middle and the greatest of some figures. */
export interface Spread {
  readonly min: number
  readonly median: number
  readonly max: number
}

/** @throws {RangeError} no figures at all */
export function spread(figures: readonly number[]): Spread {
  const sorted = ascending(figures)
  const middle = (sorted.length - 1) / 2
  return {
    min: at(sorted, 0),
    median: (at(sorted, Math.floor(middle)) + at(sorted, Math.ceil(middle))) / 2,
    max: at(sorted, sorted.length - 1),
  }
}

/**
 * The least figure that at least this share of all figures does not exceed.
 * @param share from 0 to 1
 * @throws {RangeError} no figures at all
 */
export const quantile = (figures: readonly number[], share: number): number =>
  at(ascending(figures), Math.max(0, Math.ceil(figures.length * share) - 1))

const ascending = (figures: readonly number[]): readonly number[] => figures.toSorted((one, other) => one - other)

function at(sorted: readonly number[], index: number): number {
  const figure = sorted[index]
  if (figure === undefined) throw new RangeError('no figures were given')
  return figure
}
