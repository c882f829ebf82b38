/** What a command has found or done, once for programs and once for people. */
export interface Report {
  /** What `--json` prints. */
  readonly json: object
  /** Lines, each with its line feed. */
  readonly text: string
  /** 1 when the command asked a question and the answer is no. */
  readonly exitCode?: 0 | 1
  /** What to say when the report cannot be written: for one that can be had only once. */
  readonly whenLost?: string
}

/**
 * Writes a command's one report to standard output.
 * @throws {ReportLost} it could not be written, and the reader did not just go away
 */
export type Tell = (report: Report) => Promise<void>
