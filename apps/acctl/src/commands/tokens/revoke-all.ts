import { NO_ORIGIN } from '@ac/kernel'
import { Command } from 'commander'
import type { CommandDeps } from '../command-deps.ts'
import { examples } from '../examples.ts'

const HELP = `
For an emergency in which nobody knows whose tokens are lost. Every client goes on and fetches
new ones, all of them soon: expect that load. If a signing key is lost, revoke it instead:
whoever has it makes new tokens.`

/** `acctl tokens revoke-all`: ends every token that is out there. */
export const revokeAllTokens = ({ workbench, tell, confirm }: CommandDeps): Command =>
  new Command('revoke-all')
    .description('end every token that was issued to anybody up to now; clients may fetch new ones')
    .addHelpText('after', HELP)
    .addHelpText('after', examples('acctl tokens revoke-all', 'acctl tokens revoke-all --yes --json'))
    .action(async () => {
      const revoker = workbench.massRevoker()
      await confirm('revoke every token of every client that was issued up to now')
      const notBefore = await revoker.revokeAll('acctl', NO_ORIGIN)
      await tell({
        json: { tokens_not_before: notBefore.toISOString() },
        text: `every token that was issued before ${notBefore.toISOString()} is revoked\n`,
      })
    })
