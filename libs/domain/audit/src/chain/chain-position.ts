import { parseWriterId, type WriterId } from './writer-id.ts'

/** One event's place in the trail, and the hash that proves all of its chain up to there. */
export interface ChainPosition {
  readonly writer: WriterId
  /** Counts the events of the chain, from 1. */
  readonly sequence: number
  /** 64 hexadecimal digits. */
  readonly hash: string
  /** When the event happened: tells whether retention may have dropped it. */
  readonly occurredAt: Date
}

const FORMAT = /^(\S{36}) ([1-9]\d{0,15}) ([0-9a-f]{64}) (\S{24})$/

/** A position as the text that a checkpoint names it by. */
export const formatPosition = ({ writer, sequence, hash, occurredAt }: ChainPosition): string =>
  `${writer} ${sequence} ${hash} ${occurredAt.toISOString()}`

/** The position that {@link formatPosition} wrote; `undefined` for any other text. */
export function parsePosition(text: string): ChainPosition | undefined {
  const [, id = '', sequence, hash = '', time = ''] = FORMAT.exec(text) ?? []
  const [writer, occurredAt] = [parseWriterId(id), new Date(time)]
  if (!writer || Number.isNaN(occurredAt.getTime())) return undefined
  const position = { writer, sequence: Number(sequence), hash, occurredAt }
  return formatPosition(position) === text ? position : undefined
}
