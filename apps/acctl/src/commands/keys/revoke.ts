import { representSigningKey } from '@ac/key-rotation'
import { keyId, NO_ORIGIN } from '@ac/kernel'
import { Command } from 'commander'
import type { CommandDeps } from '../command-deps.ts'
import { examples } from '../examples.ts'

const HELP = `
For a key that somebody else may hold. It leaves the JWKS and what it signed is refused, both at
once. In the place of the active key the next one signs, however young it is: verifiers that cache
the JWKS may not know it for some minutes. Otherwise rotate.`

/** `acctl keys revoke`: a key that is trusted no more. */
export const revokeKey = ({ workbench, tell, confirm }: CommandDeps): Command =>
  new Command('revoke')
    .description('have no token that this key signed be accepted any more, from now on and for good')
    .argument('<kid>', 'the id that `keys list` prints; behind -- if it begins with a dash')
    .addHelpText('after', HELP)
    .addHelpText(
      'after',
      examples(
        'acctl keys revoke TXhl8CX3MuslxFvPD8y8PbK7d0ODKi0x98BqcSquc40',
        'acctl keys revoke --yes --json -- "$KID"',
      ),
    )
    .action(async (kid: string) => {
      const revoker = workbench.keyRevoker()
      await confirm(`revoke signing key ${kid}: every token that it signed is refused from now on`)
      const key = await revoker.revoke({ kid: keyId(kid), actor: 'acctl' }, NO_ORIGIN)
      await tell({ json: representSigningKey(key), text: `${key.kid} is revoked\n` })
    })
