import type { Log } from '@ac/kernel'
import { pino, stdTimeFunctions, type Logger } from 'pino'
import { LineWriter } from './line-writer.ts'
import { PinoLog } from './pino-log.ts'

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
   * File descriptor that the lines go to; it stays open.
   * @defaultValue 1, standard output
   */
  readonly descriptor?: number
}

/** A log and the handles of the process that owns it. */
export interface ProcessLog {
  readonly log: Log
  /** For libraries that want a pino of their own. What they log is neither cut nor checked. */
  readonly pino: Logger
  /** Writes what waits, before it returns and for one second at most. Runs by itself when the process exits. */
  flush(): void
  /** How many lines were lost to a descriptor that is full or gone. */
  droppedLines(): number
}

/**
 * A log of JSON lines: `level` as a word, `time` (RFC 3339, UTC), the process's own fields, those of the call, `msg`.
 * Writing waits for nothing and fails for nobody: see {@link LineWriter}.
 */
export function createLog({ level, service, version, environment, region, descriptor }: LogOptions): ProcessLog {
  const writer = new LineWriter(descriptor ?? STANDARD_OUTPUT)
  const logger = pino(
    {
      level,
      base: { service, version, environment, region },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (word) => ({ level: word }) },
    },
    writer,
  )
  return {
    log: new PinoLog(logger),
    pino: logger,
    flush: () => writer.flush(),
    droppedLines: () => writer.dropped,
  }
}
