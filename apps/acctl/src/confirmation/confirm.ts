import { NotConfirmed } from './not-confirmed.ts'

/**
 * Makes sure that an act is meant which cannot be undone. To be called before anything is changed.
 * @param act what will happen, as a clause: `delete client svc_x: its tokens end at once`
 * @throws {NotConfirmed} nobody said yes
 */
export type Confirm = (act: string) => Promise<void>

/** Whether the person at the terminal says yes to `question`. */
export type Ask = (question: string) => Promise<boolean>

/**
 * Asks whoever is there.
 * @param saidYes whether the command line had `--yes`; asked when it has been parsed
 * @param ask `undefined` where there is no terminal
 */
export const confirmBy =
  (saidYes: () => boolean, ask: Ask | undefined): Confirm =>
  async (act) => {
    if (saidYes()) return
    if (!ask) throw new NotConfirmed('nobody_to_ask')
    if (!(await ask(`About to ${act}. Go on?`))) throw new NotConfirmed('answered_no')
  }
