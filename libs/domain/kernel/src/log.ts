/**
 * Everything that a log line may say besides its message. What is not listed does not compile: a new name is a decision
 * about what leaves the process, and `@ac/telemetry` is told with it how much of the value may be shown.
 */
export interface LogFields {
  readonly request_id?: string | undefined
  /** W3C trace id. */
  readonly trace_id?: string | undefined
  /** The name or the code of an error, or its message. */
  readonly error?: string | undefined
  /** What is behind an error: a message of the database or of the system. */
  readonly cause?: string | undefined
  readonly stack?: string | undefined
  /** What did not answer, see `Unavailable`. */
  readonly dependency?: string | undefined
  readonly others_since_last_line?: number | undefined
  /** A signing key, by its thumbprint. */
  readonly kid?: string | undefined
  /** A client's secret, by the id that it has in the database. */
  readonly secret_id?: string | undefined
  readonly migration?: string | undefined
  /** A channel of LISTEN and NOTIFY. */
  readonly channel?: string | undefined
  /** The TCP port that this process listens on. */
  readonly port?: number | undefined
  readonly issuer?: string | undefined
  readonly for_ms?: number | undefined
  /** A place in the audit trail, by its hash. */
  readonly position?: string | undefined
}

/** Writes lines for operators. Never throws, never waits. */
export interface Log {
  debug(message: string, fields?: LogFields): void
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  error(message: string, fields?: LogFields): void
}
