import type { Log, LogFields } from '@ac/kernel'
import type { Logger } from 'pino'
import { cut, loggable } from './loggable.ts'

type Level = keyof Log

/** Writes the lines of the port with pino. A level that is switched off costs a comparison. */
export class PinoLog implements Log {
  readonly #pino: Logger

  constructor(pino: Logger) {
    this.#pino = pino
  }

  debug(message: string, fields?: LogFields): void {
    this.#write('debug', message, fields)
  }

  info(message: string, fields?: LogFields): void {
    this.#write('info', message, fields)
  }

  warn(message: string, fields?: LogFields): void {
    this.#write('warn', message, fields)
  }

  error(message: string, fields?: LogFields): void {
    this.#write('error', message, fields)
  }

  #write(level: Level, message: string, fields: LogFields = {}): void {
    if (this.#pino.isLevelEnabled(level)) this.#pino[level](loggable(fields), cut(message))
  }
}
