import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { CHECKPOINT_MESSAGE, parsePosition, type ChainPosition } from '@ac/audit'
import { LogUnreadable } from './log-unreadable.ts'

/** Longest line that is looked at, in characters. */
const MAX_LINE = 65_536

/**
 * The positions that checkpoints named in a log, one line at a time. Whatever a collector has put around our lines, and
 * whatever else is there, is passed over.
 * @param path of a file; `-` for standard input
 * @throws {LogUnreadable}
 */
export async function* loggedPositions(path: string): AsyncGenerator<ChainPosition> {
  const input = path === '-' ? process.stdin : createReadStream(path)
  try {
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      const position = positionIn(line)
      if (position) yield position
    }
  } catch (cause) {
    throw new LogUnreadable({ cause })
  }
}

function positionIn(line: string): ChainPosition | undefined {
  if (line.length > MAX_LINE || !line.includes(CHECKPOINT_MESSAGE)) return undefined
  // Quotes may have been escaped on the way; nothing in a position needs that.
  const [, text = ''] = /"?position\\*"?[:=] ?\\*"?([0-9a-f-]{36} \d+ [0-9a-f]{64} [0-9TZ:.-]{24})/.exec(line) ?? []
  return parsePosition(text)
}
