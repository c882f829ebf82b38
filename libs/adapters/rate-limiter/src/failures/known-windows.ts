/** How often something was counted since its window began. */
export interface CountedWindow {
  readonly count: number
  /** Milliseconds of the same clock that the reader uses. */
  readonly endsAt: number
}

/**
 * Remembers windows by key, in bounded memory: when it is full, the window that was counted in least lately is
 * forgotten. What is over is not remembered either.
 */
export class KnownWindows {
  readonly #maxKeys: number
  readonly #windows = new Map<string, CountedWindow>()

  constructor(maxKeys: number) {
    this.#maxKeys = maxKeys
  }

  get size(): number {
    return this.#windows.size
  }

  /** The window of `key`, unless it is over at `now` or was forgotten. */
  find(key: string, now: number): CountedWindow | undefined {
    const window = this.#windows.get(key)
    if (!window || window.endsAt > now) return window
    this.#windows.delete(key)
    return undefined
  }

  remember(key: string, window: CountedWindow): void {
    // A map lists its keys in the order in which they came: one that comes again goes to the end.
    this.#windows.delete(key)
    if (this.#windows.size >= this.#maxKeys) this.#forgetFirst()
    this.#windows.set(key, window)
  }

  #forgetFirst(): void {
    for (const first of this.#windows.keys()) {
      this.#windows.delete(first)
      return
    }
  }
}
