import type { Confirm } from '../confirmation/confirm.ts'
import type { Tell } from '../report.ts'
import type { Workbench } from '../workbench.ts'

/** What every command is given. */
export interface CommandDeps {
  readonly workbench: Workbench
  readonly tell: Tell
  readonly confirm: Confirm
}
