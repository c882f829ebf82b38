import { InvalidArgumentError } from 'commander'

/** Reads an option's value as a whole number. Where the domain has the bounds, they are left to it. */
export const wholeNumber =
  (min = 0, max = Number.MAX_SAFE_INTEGER) =>
  (text: string): number => {
    const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN
    if (value >= min && value <= max) return value
    const bounds = max < Number.MAX_SAFE_INTEGER ? ` from ${min} to ${max}` : ''
    throw new InvalidArgumentError(`It must be a whole number${bounds}.`)
  }
