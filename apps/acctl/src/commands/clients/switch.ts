import { OPERATOR, representClient } from '@ac/client-validation'
import { clientId, NO_ORIGIN } from '@ac/kernel'
import { Command } from 'commander'
import type { CommandDeps } from '../command-deps.ts'
import { examples } from '../examples.ts'

/** `acctl clients disable`: no new tokens from now on, and those that it has are inactive; can be undone. */
export const disableClient = (deps: CommandDeps): Command =>
  switchClient(deps, 'disable', 'give a client no tokens any more, and let nobody accept those that it has')

/** `acctl clients enable`: undoes `disable`. */
export const enableClient = (deps: CommandDeps): Command =>
  switchClient(deps, 'enable', 'give a client tokens again that was disabled')

const switchClient = ({ workbench, tell }: CommandDeps, verb: 'disable' | 'enable', description: string): Command =>
  new Command(verb)
    .description(description)
    .argument('<client-id>', 'the id that `clients create` and `clients list` print')
    .addHelpText(
      'after',
      examples(`acctl clients ${verb} svc_4kQ0PzT9bq3XhW7mYcD2Ns`, `acctl clients ${verb} "$ID" --json`),
    )
    .action(async (id: string) => {
      const act = { by: OPERATOR, origin: NO_ORIGIN }
      const changed = await workbench.clientAdministrator().update(clientId(id), { disabled: verb === 'disable' }, act)
      await tell({ json: representClient(changed), text: `client ${changed.client.id} is ${verb}d\n` })
    })
