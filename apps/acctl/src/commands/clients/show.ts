import { representClient, UnknownClient, type ClientRepresentation } from '@ac/client-validation'
import { clientId } from '@ac/kernel'
import { Command } from 'commander'
import { table, type Row } from '../../output/table.ts'
import type { CommandDeps } from '../command-deps.ts'
import { examples } from '../examples.ts'

/** `acctl clients show`: one client with the life of its secrets. */
export const showClient = ({ workbench, tell }: CommandDeps): Command =>
  new Command('show')
    .description('show a client and when its secrets were made and used')
    .argument('<client-id>', 'the id that `clients create` and `clients list` print')
    .addHelpText('after', examples('acctl clients show svc_4kQ0PzT9bq3XhW7mYcD2Ns', 'acctl clients show "$ID" --json'))
    .action(async (id: string) => {
      const found = await workbench.clients().get(clientId(id))
      if (!found) throw new UnknownClient()
      const client = representClient(found)
      await tell({ json: client, text: `${table(FIELDS, fields(client))}\n${table(SECRETS, secrets(client))}` })
    })

const FIELDS = [{ header: 'FIELD' }, { header: 'VALUE' }]
const SECRETS = ['SECRET_ID', 'CREATED_AT', 'EXPIRES_AT', 'LAST_USED_AT'].map((header) => ({ header }))

const SHOWN = [
  'client_id',
  'client_name',
  'service_type',
  'region',
  'scope',
  'audiences',
  'resource_ids',
  'token_endpoint_auth_method',
  'access_token_ttl',
  'disabled',
  'created_at',
  'updated_at',
] as const satisfies readonly (keyof ClientRepresentation)[]

/** One row a field, and one more for each further value of a field that has several. */
const fields = (client: ClientRepresentation): readonly Row[] =>
  SHOWN.flatMap((field) => {
    const [first, ...others] = field === 'scope' ? client.scope.split(' ') : [client[field]].flat()
    return [[field, first?.toString()], ...others.map((other) => ['', other?.toString()])]
  })

const secrets = (client: ClientRepresentation): readonly Row[] =>
  client.secrets.map(({ id, created_at, expires_at, last_used_at }) => [
    id,
    ...[created_at, expires_at, last_used_at].map((time) => time?.replace(/\.\d+Z$/, 'Z')),
  ])
