import { OPERATOR, UnknownClient } from '@ac/client-validation'
import { clientId, NO_ORIGIN } from '@ac/kernel'
import { Command } from 'commander'
import type { CommandDeps } from '../command-deps.ts'
import { examples } from '../examples.ts'

/** `acctl clients delete`: a client that comes back never more. */
export const deleteClient = ({ workbench, tell, confirm }: CommandDeps): Command =>
  new Command('delete')
    .description('remove a client with its secrets; its tokens are inactive at once, the audit trail stays')
    .argument('<client-id>', 'the id that `clients create` and `clients list` print')
    .addHelpText(
      'after',
      examples('acctl clients delete svc_4kQ0PzT9bq3XhW7mYcD2Ns', 'acctl clients delete "$ID" --yes --json'),
    )
    .action(async (given: string) => {
      const administrator = workbench.clientAdministrator()
      const id = clientId(given)
      const found = await workbench.clients().get(id)
      if (!found) throw new UnknownClient()
      await confirm(`delete client ${id} "${found.client.name}" for good: its tokens are inactive at once`)
      await administrator.delete(id, { by: OPERATOR, origin: NO_ORIGIN })
      await tell({ json: { client_id: id, deleted: true }, text: `client ${id} is deleted\n` })
    })
