import { UnknownClient } from '@ac/client-validation'
import { clientId, NO_ORIGIN } from '@ac/kernel'
import { Command } from 'commander'
import type { CommandDeps } from '../command-deps.ts'
import { examples } from '../examples.ts'

const HELP = `
For tokens that somebody else may hold. The client goes on and fetches new ones, good from the
next second on: if its secret is lost too, revoke that first. Services that verify by the JWKS
alone hear of nothing: they take the revoked tokens until those expire.`

/** `acctl clients revoke-tokens`: ends every token that a client holds. */
export const revokeClientTokens = ({ workbench, tell, confirm }: CommandDeps): Command =>
  new Command('revoke-tokens')
    .description('end every token that was issued to a client up to now; it may fetch new ones')
    .argument('<client-id>', 'the id that `clients create` and `clients list` print')
    .addHelpText('after', HELP)
    .addHelpText(
      'after',
      examples(
        'acctl clients revoke-tokens svc_4kQ0PzT9bq3XhW7mYcD2Ns',
        'acctl clients revoke-tokens "$ID" --yes --json',
      ),
    )
    .action(async (given: string) => {
      const id = clientId(given)
      const revoker = workbench.massRevoker()
      const found = await workbench.clients().get(id)
      if (!found) throw new UnknownClient()
      await confirm(`revoke every token of client ${id} "${found.client.name}" that was issued up to now`)
      const notBefore = await revoker.revokeAllOf(id, 'acctl', NO_ORIGIN)
      if (!notBefore) throw new UnknownClient()
      await tell({
        json: { client_id: id, tokens_not_before: notBefore.toISOString() },
        text: `tokens of client ${id} that were issued before ${notBefore.toISOString()} are revoked\n`,
      })
    })
