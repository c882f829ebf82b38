/** What keeps a command from being done, as its caller is told. */
export interface Failure {
  /** 1 refused, 2 wrong usage, 78 (`EX_CONFIG` of sysexits.h) wrong environment. */
  readonly exitCode: number
  /** A stable word for programs. */
  readonly code: string
  /** A sentence for people, without a secret or any value of the environment. */
  readonly description: string
}
