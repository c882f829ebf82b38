import {
  InvalidClientMetadata,
  JWKS_RULE,
  OPERATOR,
  representRegistration,
  type ClientMetadata,
} from '@ac/client-validation'
import { NO_ORIGIN } from '@ac/kernel'
import { Command } from 'commander'
import { table } from '../../output/table.ts'
import type { CommandDeps } from '../command-deps.ts'
import { examples } from '../examples.ts'
import { wholeNumber } from '../whole-number.ts'

interface CreateOptions {
  readonly name: string
  readonly scope: string
  readonly serviceType?: string
  readonly region?: string
  readonly audience?: readonly string[]
  readonly resourceId?: readonly string[]
  readonly authMethod?: string
  readonly jwks?: string
  readonly tokenTtl?: number
}

const gathered = (uri: string, before: readonly string[] = []): readonly string[] => [...before, uri]

/** `acctl clients create`: the one moment at which a secret can be seen. */
export const createClient = ({ workbench, tell }: CommandDeps): Command =>
  new Command('create')
    .description('register a client and print its secret, once')
    .requiredOption('--name <name>', 'name for people, up to 200 characters')
    .requiredOption('--scope <scopes>', 'all it may ask for, separated by spaces')
    .option('--service-type <type>', 'what kind of service it is; a claim of its tokens')
    .option('--region <region>', 'where it runs; a claim of its tokens')
    .option('--audience <uri>', 'resource server that it may call; may be repeated', gathered)
    .option('--resource-id <uri>', 'audience that it answers for; may be repeated', gathered)
    .option('--auth-method <method>', 'client_secret_basic (default) or client_secret_post')
    .option('--jwks <file>', 'keys of its own; not offered yet')
    .option('--token-ttl <seconds>', "lifetime of its tokens instead of the service's default", wholeNumber())
    .addHelpText(
      'after',
      examples(
        "acctl clients create --name 'Media Handler 7' --scope 'meetings.read meetings.write'",
        'acctl clients create --name gc --scope gc.read --service-type global-controller \\',
        '  --region eu-central-1 --audience urn:ac:mc --audience urn:ac:mh --token-ttl 900 --json',
      ),
    )
    .action(async (options: CreateOptions) => {
      if (options.jwks !== undefined) throw new InvalidClientMetadata('jwks', JWKS_RULE)
      const registration = await workbench.registrar().register(metadata(options), OPERATOR, NO_ORIGIN)
      const json = representRegistration(registration)
      const { client_id: id, client_secret: secret } = json
      await tell({
        json,
        text: `${table(COLUMNS, [[id, secret]])}\nThe secret will not be shown again: store it now.\n`,
        whenLost: `client ${id} is registered, but its secret could not be shown and is lost`,
      })
    })

const COLUMNS = [{ header: 'CLIENT_ID' }, { header: 'CLIENT_SECRET' }]

const metadata = (options: CreateOptions): ClientMetadata => ({
  name: options.name,
  scope: options.scope,
  serviceType: options.serviceType,
  region: options.region,
  audiences: options.audience,
  resourceIds: options.resourceId,
  authMethod: options.authMethod,
  accessTokenTtlSeconds: options.tokenTtl,
})
