/** What a log line may carry besides its message. Scalars only: a `Secret` in a log call does not compile. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>

/** Writes lines for operators. Never throws, never waits. */
export interface Log {
  debug(message: string, fields?: LogFields): void
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  error(message: string, fields?: LogFields): void
}
