/** `npm start` cannot go on. */
export class StartFailed extends Error {
  override readonly name = 'StartFailed'
  readonly exitCode: number

  /** @param message a sentence for the person at the terminal; empty when another program has told it already */
  constructor(message: string, exitCode = 1, options?: ErrorOptions) {
    super(message, options)
    this.exitCode = exitCode
  }
}
