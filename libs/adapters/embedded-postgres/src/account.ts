/** An unprivileged user under whom a child process of root runs. */
export interface Account {
  readonly name: string
  readonly uid: number
  readonly gid: number
}
