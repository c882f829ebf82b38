import { parseArgs } from 'node:util'

/** How long the bench measures. */
export interface Options {
  /** Of each round of each leg. */
  readonly seconds: number
  readonly rounds: number
}

/** A command line that means nothing. The message is one sentence. */
export class WrongUsage extends Error {
  override readonly name = 'WrongUsage'
}

const USAGE = 'usage: npm run bench -- [--seconds 10] [--rounds 3]'
const MOST = 3600

/** @throws {WrongUsage} */
export function parseOptions(args: readonly string[]): Options {
  const { seconds, rounds } = parse(args)
  return { seconds: wholeNumber('--seconds', seconds), rounds: wholeNumber('--rounds', rounds) }
}

function parse(args: readonly string[]): Readonly<Record<keyof Options, string>> {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { seconds: { type: 'string', default: '10' }, rounds: { type: 'string', default: '3' } },
    })
    return values
  } catch (cause) {
    const [reason] = (cause as Error).message.split(/\.\s|\.$/, 1)
    throw new WrongUsage(`${reason}; ${USAGE}`, { cause })
  }
}

function wholeNumber(name: string, text: string): number {
  const number = /^[1-9]\d{0,3}$/.test(text) ? Number(text) : Number.NaN
  if (number <= MOST) return number
  throw new WrongUsage(`${name} takes a whole number from 1 to ${MOST}, not ${JSON.stringify(text)}; ${USAGE}`)
}
