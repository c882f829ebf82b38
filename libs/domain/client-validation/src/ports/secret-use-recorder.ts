import type { SecretId } from '@ac/kernel'

/** How far the recorded time of a secret's last use may lag behind, in seconds: so often is it written at most. */
export const USE_RESOLUTION_SECONDS = 60

/**
 * Records when secrets were last used, so that nobody ends one that is in use.
 * Concurrency: whatever any number of processes note, the stored time of a secret only grows, and is written at most once
 * in {@link USE_RESOLUTION_SECONDS}.
 */
export interface SecretUseRecorder {
  /**
   * Notes that a secret was used at that moment, for the next {@link flush}. Never waits and never throws; beyond a bound
   * on memory a note is dropped, as the next use brings another.
   */
  note(secret: SecretId, at: Date): void
  /**
   * Writes what was noted. A secret that is gone by now is no error.
   * @throws {Unavailable} the storage does not answer; the notes are kept for the next call
   */
  flush(): Promise<void>
}
