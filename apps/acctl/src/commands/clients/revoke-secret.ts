import { OPERATOR } from '@ac/client-validation'
import { clientId, NO_ORIGIN, secretId } from '@ac/kernel'
import { Command } from 'commander'
import type { CommandDeps } from '../command-deps.ts'
import { examples } from '../examples.ts'

/** `acctl clients revoke-secret`: ends one secret, the leaked or the lost one, now. */
export const revokeSecret = ({ workbench, tell, confirm }: CommandDeps): Command =>
  new Command('revoke-secret')
    .description('end one secret of a client now, and leave the other as it is')
    .argument('<client-id>', 'the id that `clients create` and `clients list` print')
    .argument('<secret-id>', 'the id that `clients show` prints; never the secret itself')
    .addHelpText(
      'after',
      examples(
        'acctl clients revoke-secret svc_4kQ0PzT9bq3XhW7mYcD2Ns sec_8sKq2YvD0bTnW4xR6mZc1A',
        'acctl clients revoke-secret "$ID" "$SECRET_ID" --yes',
      ),
    )
    .action(async (client: string, secret: string) => {
      const rotator = workbench.secretRotator()
      await confirm(`revoke secret ${secret} of client ${client}: whoever uses it gets no token any more`)
      const act = { by: OPERATOR, origin: NO_ORIGIN }
      await rotator.revoke(clientId(client), secretId(secret), act)
      await tell({
        json: { client_id: client, secret_id: secret, revoked: true },
        text: `secret ${secret} is revoked\n`,
      })
    })
