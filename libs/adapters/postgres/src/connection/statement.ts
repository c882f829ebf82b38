/** A statement; one with a name is prepared under it, once on each connection. */
export interface Statement {
  readonly name?: string
  readonly text: string
  readonly values?: readonly unknown[]
  /** How long to wait for the answer, in milliseconds, where that is less than for other statements. */
  readonly patienceMs?: number
  /** Whether it changes nothing, so that it may be run again, elsewhere, when its connection breaks under it. */
  readonly repeatable?: boolean
}

/** What a statement gave. */
export interface StatementResult<Row = Readonly<Record<string, unknown>>> {
  readonly rows: readonly Row[]
  /** Rows that were read or changed. */
  readonly rowCount: number
}
