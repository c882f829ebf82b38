import { write, writeSync } from 'node:fs'

const MAX_WAITING_CHARACTERS = 4 * 1024 * 1024
const MAX_FLUSH_MS = 1000
const PAUSE_MS = 50
/** Least time from the beginning of one write to that of the next: it wakes a thread, which costs more than many lines. */
const INTERVAL_MS = 50

const busyWriters = new Set<LineWriter>()
process.once('exit', () => {
  for (const writer of busyWriters) writer.flush()
})

/** Whole lines, as they are written. */
interface Batch {
  readonly bytes: Uint8Array
  readonly lines: number
}

/**
 * Writes lines to a file descriptor without waiting for it. A line leaves at once when the last write was a while ago; all
 * that come within 50 ms of it, or while it is under way, leave together. Beyond 4 Mi characters of them further lines are
 * dropped and counted. A descriptor that fails (full disk, reader gone) costs the lines that it refused: no throw, no
 * crash, no endless wait.
 *
 * pino's own destination keeps these promises but the last: its `flushSync` tries for ever on a full disk or a closed
 * pipe, so that the process could not exit.
 */
export class LineWriter {
  readonly #descriptor: number
  #waiting: string[] = []
  #waitingCharacters = 0
  /** Refused by a pipe that is full, and to be tried again. */
  #held: Batch | undefined
  #busy = false
  #lastBegan = Number.NEGATIVE_INFINITY
  #dropped = 0

  constructor(descriptor: number) {
    this.#descriptor = descriptor
  }

  /** How many lines were lost so far; of a write that fails in its middle, all lines count. */
  get dropped(): number {
    return this.#dropped
  }

  /** Takes a line with its newline. Returns at once. */
  write(line: string): void {
    if (this.#waitingCharacters + line.length > MAX_WAITING_CHARACTERS) {
      this.#dropped += 1
      return
    }
    this.#waiting.push(line)
    this.#waitingCharacters += line.length
    if (this.#busy) return
    this.#setBusy(true)
    this.#writeSoon()
  }

  /**
   * Writes what waits before it returns; runs by itself when the process exits. A pipe whose reader is slow gets one
   * second. What is being written at that moment is left to the system and may come after what this wrote.
   */
  flush(): void {
    const deadline = performance.now() + MAX_FLUSH_MS
    for (let batch = this.#take(); batch; batch = this.#take()) this.#writeNow(batch, deadline)
  }

  #writeNow({ bytes, lines }: Batch, deadline: number): void {
    let rest = bytes
    while (rest.length > 0) {
      try {
        rest = rest.subarray(writeSync(this.#descriptor, rest))
      } catch (error) {
        if (!isBusy(error) || performance.now() > deadline) break
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS)
      }
    }
    if (rest.length > 0) this.#dropped += lines
  }

  #writeSoon(): void {
    const pause = this.#lastBegan + INTERVAL_MS - performance.now()
    // What a process that ends has not written, its end does.
    if (pause > 0) setTimeout(() => this.#writeNext(), pause).unref()
    else setImmediate(() => this.#writeNext())
  }

  #writeNext(): void {
    const batch = this.#take()
    if (!batch) {
      this.#setBusy(false)
      return
    }
    this.#lastBegan = performance.now()
    this.#writeLater(batch)
  }

  #setBusy(busy: boolean): void {
    this.#busy = busy
    if (busy) busyWriters.add(this)
    else busyWriters.delete(this)
  }

  #writeLater({ bytes, lines }: Batch): void {
    write(this.#descriptor, bytes, (error, written) => {
      if (isBusy(error)) {
        this.#held = { bytes, lines }
        setTimeout(() => this.#writeNext(), PAUSE_MS).unref()
      } else if (!error && written < bytes.length) {
        this.#writeLater({ bytes: bytes.subarray(written), lines })
      } else {
        if (error) this.#dropped += lines
        this.#writeSoon()
      }
    })
  }

  #take(): Batch | undefined {
    const held = this.#held
    this.#held = undefined
    if (held) return held
    const lines = this.#waiting
    if (lines.length === 0) return undefined
    this.#waiting = []
    this.#waitingCharacters = 0
    return { bytes: Buffer.from(lines.join('')), lines: lines.length }
  }
}

function isBusy(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'EAGAIN'
}
