import { parseArgs } from 'node:util'

/** What load to put on what. */
export interface Options {
  /** Requests a second, over all replicas. */
  readonly rate: number
  readonly seconds: number
  readonly clients: number
  readonly replicas: number
}

/** A command line that means nothing. The message is one sentence. */
export class WrongUsage extends Error {
  override readonly name = 'WrongUsage'
}

const USAGE = 'usage: npm run load -- [--rate 1000] [--seconds 60 | --minutes 1] [--clients 200] [--replicas 2]'

/** @throws {WrongUsage} */
export function parseOptions(args: readonly string[]): Options {
  const { rate, seconds, minutes, clients, replicas } = parse(args)
  if (seconds !== undefined && minutes !== undefined) {
    throw new WrongUsage(`--seconds and --minutes exclude each other; ${USAGE}`)
  }
  return {
    rate: wholeNumber('--rate', rate, 20_000),
    seconds:
      minutes === undefined
        ? wholeNumber('--seconds', seconds ?? '60', 86_400)
        : 60 * wholeNumber('--minutes', minutes, 1440),
    clients: wholeNumber('--clients', clients, 10_000),
    replicas: wholeNumber('--replicas', replicas, 8),
  }
}

function parse(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        rate: { type: 'string', default: '1000' },
        seconds: { type: 'string' },
        minutes: { type: 'string' },
        clients: { type: 'string', default: '200' },
        replicas: { type: 'string', default: '2' },
      },
    })
    return values
  } catch (cause) {
    const [reason] = (cause as Error).message.split(/\.\s|\.$/, 1)
    throw new WrongUsage(`${reason}; ${USAGE}`, { cause })
  }
}

function wholeNumber(name: string, text: string, most: number): number {
  const number = /^[1-9]\d{0,5}$/.test(text) ? Number(text) : Number.NaN
  if (number <= most) return number
  throw new WrongUsage(`${name} takes a whole number from 1 to ${most}, not ${JSON.stringify(text)}; ${USAGE}`)
}
