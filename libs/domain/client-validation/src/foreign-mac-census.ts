/**
 * Knows whether the database holds any live secret whose MAC was made under another key than ours, so that whoever
 * guesses at secrets cannot tell from the time of the answer whether such a client exists.
 *
 * One a process. Whoever composes the process sets it from the database, at boot and every half minute; the
 * authenticator reports what it meets in between.
 */
export class ForeignMacCensus {
  #any = false

  /** @param decoyHash an argon2id hash of nothing in particular, made with the parameters of the real ones */
  constructor(readonly decoyHash: string) {}

  any(): boolean {
    return this.#any
  }

  /** A secret with a foreign MAC came by. */
  met(): void {
    this.#any = true
  }

  /** What a count over the whole database said. */
  counted(any: boolean): void {
    this.#any = any
  }
}
