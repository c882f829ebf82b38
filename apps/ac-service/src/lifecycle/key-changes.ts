/** Tells that the stored signing keys may have changed. What is missed while it is out of order, the next look finds. */
export interface KeyChanges {
  /**
   * Begins to listen. To be called once.
   * @param heard called when keys have changed, and whenever that may have been missed; must not throw
   */
  start(heard: () => void): void
  /** Resolves when `heard` will not be called any more. */
  stop(): Promise<void>
}
