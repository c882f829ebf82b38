import type { Log } from '@ac/kernel'
import { pino, stdTimeFunctions } from 'pino'
import { LineWriter } from './line-writer.ts'
import { MASK, type HashIdentifier } from './mask.ts'
import { PinoLog } from './pino-log.ts'
import { RequestLog } from './request-log.ts'

const STANDARD_OUTPUT = 1

/** What every line says of the process that wrote it, and which lines are written. */
export interface LogOptions {
  /** Least level that is written. */
  readonly level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent'
  readonly service: string
  readonly version?: string | undefined
  readonly environment: string
  readonly region: string
  /**
   * What is shown of a client's id that a text turns out to hold.
   * @defaultValue `****`
   */
  readonly hash?: HashIdentifier
  /**
   * File descriptor that the lines go to; it stays open.
   * @defaultValue 1, standard output
   */
  readonly descriptor?: number
}

/** A log and the handles of the process that owns it. */
export interface ProcessLog {
  readonly log: Log
  /** `undefined` when lines of level `info` are not written. */
  readonly requests: RequestLog | undefined
  /** Writes what waits, before it returns and for one second at most. Runs by itself when the process exits. */
  flush(): void
  /** How many lines were lost to a descriptor that is full or gone. */
  droppedLines(): number
}

/**
 * A log of JSON lines: `level` as a word, `time` (RFC 3339, UTC), the process's own fields, those of the call, `msg`.
 * Writing waits for nothing and fails for nobody: see {@link LineWriter}.
 */
export function createLog(options: LogOptions): ProcessLog {
  const { level, service, version, environment, region, hash, descriptor } = options
  const labels = { service, version, environment, region }
  const writer = new LineWriter(descriptor ?? STANDARD_OUTPUT)
  const logger = pino(
    {
      level,
      base: labels,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (word) => ({ level: word }) },
    },
    writer,
  )
  return {
    log: new PinoLog(logger, hash ?? (() => MASK)),
    requests: logger.isLevelEnabled('info') ? new RequestLog(writer, labels) : undefined,
    flush: () => writer.flush(),
    droppedLines: () => writer.dropped,
  }
}
