import { clientId } from '@ac/kernel'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { sql } from 'kysely'
import { useMigratedDatabase } from '../../test/use-migrated-database.ts'
import { listClients } from './find-clients.ts'
import { PostgresClientRegistry } from './postgres-client-registry.ts'
import { PostgresClientSecretStore } from './postgres-client-secret-store.ts'

const CLIENTS = 100_000
const PAGE = 100
/** A hundred clients with a secret each come in a few hundred pages of 8 KiB; the whole table is over 4,000. */
const MOST_BUFFERS = 1500

const database = useMigratedDatabase()

interface Plan {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Index Name'?: string
  readonly 'Actual Rows': number
  readonly 'Actual Loops': number
  readonly 'Shared Hit Blocks': number
  readonly 'Shared Read Blocks': number
  readonly Plans?: readonly Plan[]
}

const nodes = (plan: Plan): readonly Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)]

/** How the database really gets the page that begins behind the client of that number. */
async function planOf(after: number | undefined): Promise<Plan> {
  const position = after === undefined ? undefined : { createdAt: createdAt(after), id: idOf(after) }
  const query = listClients(database.db(), PAGE + 1, position)
  const { rows } = await sql<{ readonly 'QUERY PLAN': readonly { readonly Plan: Plan }[] }>`
    explain (analyze, buffers, format json) ${query}`.execute(database.db())
  const [explained] = rows[0]?.['QUERY PLAN'] ?? []
  if (!explained) throw new Error('there is no plan')
  return explained.Plan
}

const START = Date.parse('2026-01-01T00:00:00.000Z')
const createdAt = (number: number): Date => new Date(START + number * 1000)
const idOf = (number: number) => clientId(`svc_${String(number).padStart(22, '0')}`)

beforeAll(async () => {
  await database.asOwner(`
    insert into clients
    select 'svc_' || lpad(n::text, 22, '0'), 'client ' || n, 'media-handler', 'eu-central-1',
      '{service.write.mc,service.write.gc}', '{urn:ac:mc}', '{}', 'client_secret_basic', null, false,
      '2026-01-01Z'::timestamptz + n * interval '1 second', now()
    from generate_series(1, ${CLIENTS}) n;
    insert into client_secrets
    select 'sec_' || lpad(n::text, 22, '0'), 'svc_' || lpad(n::text, 22, '0'),
      '$argon2id$v=19$m=19456,t=2,p=1$AAECAwQFBgcICQoLDA0ODw$AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8',
      decode(repeat('00', 32), 'hex'), 'key', now(), null, null
    from generate_series(1, ${CLIENTS}) n;
    analyze clients, client_secrets`)
})

describe.each([
  ['first', undefined],
  ['second', PAGE],
  ['middle', CLIENTS / 2],
  ['last but one', CLIENTS - 2 * PAGE],
  ['last', CLIENTS - 1],
])('the %s page of 100,000 clients', (_page, after) => {
  it('is found by indexes alone: no table is read through, and no more than the page is read', async () => {
    const plan = nodes(await planOf(after))
    expect(plan.map((node) => node['Node Type'])).not.toContain('Seq Scan')
    expect(plan.map((node) => node['Index Name'])).toContain('clients_by_age')
    const mostRows = Math.max(...plan.map((node) => node['Actual Rows'] * node['Actual Loops']))
    expect(mostRows).toBeLessThanOrEqual(2 * (PAGE + 1))
  })

  it('touches as few blocks as the first', async () => {
    const [plan] = nodes(await planOf(after))
    const blocks = (plan?.['Shared Hit Blocks'] ?? 0) + (plan?.['Shared Read Blocks'] ?? 0)
    expect(blocks).toBeLessThan(MOST_BUFFERS)
  })

  it('is the page that it should be', async () => {
    const store = new PostgresClientSecretStore(database.pool(), database.db())
    const registry = new PostgresClientRegistry(database.db(), store, database.transactions())
    const position = after === undefined ? undefined : { createdAt: createdAt(after), id: idOf(after) }
    const listed = await registry.list(PAGE, position)
    const numbers = Array.from(
      { length: Math.min(PAGE, CLIENTS - (after ?? 0)) },
      (_, index) => (after ?? 0) + index + 1,
    )
    expect(listed.map(({ client, secrets }) => [client.id, secrets.length])).toEqual(
      numbers.map((number) => [idOf(number), 1]),
    )
  })
})
