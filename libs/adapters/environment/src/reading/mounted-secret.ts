import { Secret } from '@ac/kernel'

/**
 * A secret that lies in a file, and is read from it each time it is revealed: whoever mounts a new version there reaches
 * a process that runs. While the file cannot be read, the secret is what it was last.
 */
export class MountedSecret extends Secret {
  readonly #read: () => string | undefined
  #last: string

  /** @param read the content of the file; `undefined` when there is none that could be a secret */
  constructor(text: string, read: () => string | undefined) {
    super(text)
    this.#last = text
    this.#read = read
  }

  override reveal(): string {
    this.#last = this.#read() ?? this.#last
    return this.#last
  }
}
