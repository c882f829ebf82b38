const FORMAT =
  /^(\d{4}-\d\d-\d\d)[Tt]([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d{1,9}))?(?:[Zz]|([+-])([01]\d|2[0-3]):([0-5]\d))$/

/**
 * Reads a time of RFC 3339 section 5.6, its offset included. What is finer than a millisecond is rounded up: then an event,
 * whose time has milliseconds, is at or after the result exactly if it is at or after the time that was meant.
 * @returns `undefined` for anything else: a date alone, no offset, a day that does not exist, a leap second
 */
export function parseTimestamp(text: string): Date | undefined {
  const [, date = '', hours, minutes, seconds, fraction = '', sign, offsetHours, offsetMinutes] =
    FORMAT.exec(text) ?? []
  const midnight = new Date(`${date}T00:00:00.000Z`)
  // A day that does not exist wraps around to one that does.
  if (Number.isNaN(midnight.getTime()) || midnight.toISOString().slice(0, 10) !== date) return undefined
  const offset = (Number(offsetHours ?? 0) * 60 + Number(offsetMinutes ?? 0)) * (sign === '-' ? -1 : 1)
  const ofDay = (Number(hours) * 60 + Number(minutes) - offset) * 60 + Number(seconds)
  const ms = Number(fraction.padEnd(9, '0')) / 1_000_000
  return new Date(midnight.getTime() + ofDay * 1000 + Math.ceil(ms))
}
