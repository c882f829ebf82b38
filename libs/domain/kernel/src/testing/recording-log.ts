import type { Log, LogFields } from '../log.ts'

/** Keeps every line, so that a test can read what an operator would. */
export class RecordingLog implements Log {
  readonly lines: { readonly level: string; readonly message: string; readonly fields: LogFields | undefined }[] = []

  readonly debug = this.#at('debug')
  readonly info = this.#at('info')
  readonly warn = this.#at('warn')
  readonly error = this.#at('error')

  #at(level: string): (message: string, fields?: LogFields) => void {
    return (message, fields) => void this.lines.push({ level, message, fields })
  }
}
