/** The schema of the storage is older than this build. */
export class SchemaOutdated extends Error {
  override readonly name = 'SchemaOutdated'
}

/** The storage under the service as its life cycle sees it; the composition says what is behind each. */
export interface Storage {
  /**
   * Resolves when the storage answers, takes writes, and has the schema that this build needs.
   * @throws {Unavailable} it does not answer, or takes no writes
   * @throws {SchemaOutdated} its schema lacks something
   */
  check(): Promise<void>
  /**
   * Looks whether it answers, takes writes, and how far its clock is ahead of ours; within about two seconds.
   * @throws {Unavailable} it does not answer
   */
  probe(): Promise<{ readonly writable: boolean; readonly clockAheadMs: number }>
  /** Makes room ahead for what will be written; called at start and then daily. */
  maintain(): Promise<void>
  /** Vouches for what the audit trail holds; called every half a minute. */
  checkpoint(): Promise<void>
  /** Deletes what is over and needed no more, in small batches; called every minute. */
  purge(): Promise<void>
  /** Writes when client secrets were last used; called every few seconds. */
  recordSecretUses(): Promise<void>
  /** Asks whether any client's secret has a MAC of another key, and tells the census. */
  countForeignMacs(): Promise<void>
  /** Waits for what is being written, then closes every connection. */
  close(): Promise<void>
}
