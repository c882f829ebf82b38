import type { Log, LogFields } from '@ac/kernel'
import type { Logger } from 'pino'
import { cut, loggable } from './loggable.ts'
import { mask, type HashIdentifier } from './mask.ts'

type Level = keyof Log

/** Writes the lines of the port with pino. A level that is switched off costs a comparison. */
export class PinoLog implements Log {
  readonly #pino: Logger
  readonly #hash: HashIdentifier

  /** @param hash what is shown of a client's id that a text turns out to hold */
  constructor(pino: Logger, hash: HashIdentifier) {
    this.#pino = pino
    this.#hash = hash
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
    if (!this.#pino.isLevelEnabled(level)) return
    this.#pino[level](loggable(fields, this.#hash), cut(mask(message, this.#hash)))
  }
}
