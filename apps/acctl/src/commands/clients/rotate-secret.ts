import { MAX_GRACE_SECONDS, OPERATOR, representRotation } from '@ac/client-validation'
import { clientId, NO_ORIGIN } from '@ac/kernel'
import { Command } from 'commander'
import { table } from '../../output/table.ts'
import type { CommandDeps } from '../command-deps.ts'
import { examples } from '../examples.ts'
import { wholeNumber } from '../whole-number.ts'

const A_DAY = 86_400

const HELP = `
Give the client its new secret within the grace, see by the LAST_USED_AT of \`clients show\` that it
uses it, and the old one ends by itself. A client has two live secrets at most: a second rotation
within the grace is refused, since it would end one that may be in use. \`clients revoke-secret\`
ends the one that nobody uses; --grace 0 ends both.`

/** `acctl clients rotate-secret`: a new secret beside the old one, without an outage. */
export const rotateSecret = ({ workbench, tell }: CommandDeps): Command =>
  new Command('rotate-secret')
    .description('give a client a new secret and print it, once')
    .argument('<client-id>', 'the id that `clients create` and `clients list` print')
    .option(
      '--grace <seconds>',
      'how long the old secret still works; 0 ends it now',
      wholeNumber(0, MAX_GRACE_SECONDS),
      A_DAY,
    )
    .addHelpText('after', HELP)
    .addHelpText(
      'after',
      examples(
        'acctl clients rotate-secret svc_4kQ0PzT9bq3XhW7mYcD2Ns',
        'acctl clients rotate-secret "$ID" --grace 0 --json | jq -r .client_secret',
      ),
    )
    .action(async (given: string, { grace }: { readonly grace: number }) => {
      const id = clientId(given)
      const rotation = await workbench.secretRotator().rotate(id, grace, { by: OPERATOR, origin: NO_ORIGIN })
      const json = representRotation(id, rotation)
      const { client_secret: secret, previous_secret_expires_at: end } = json
      const previous = grace > 0 && end !== null ? `The one before works until ${end}.` : 'No other works any more.'
      await tell({
        json,
        text: `${table(COLUMNS, [[id, secret]])}\nThe secret will not be shown again: store it now. ${previous}\n`,
        whenLost: `client ${id} has a new secret, but it could not be shown and is lost: revoke it by its id`,
      })
    })

const COLUMNS = [{ header: 'CLIENT_ID' }, { header: 'CLIENT_SECRET' }]
