const KEPT_CHARACTERS = 16_384
const QUOTED_LINES = 20

/** The end of what a program wrote, bounded. */
export class LogTail {
  #text = ''

  append(chunk: string): void {
    this.#text = (this.#text + chunk).slice(-KEPT_CHARACTERS)
  }

  /** All that is kept: at most 16,384 characters. */
  get text(): string {
    return this.#text
  }

  /** The last 20 lines, for an error message. */
  get lastLines(): string {
    return this.#text.trim().split('\n').slice(-QUOTED_LINES).join('\n') || '(nothing)'
  }
}
