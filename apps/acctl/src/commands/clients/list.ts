import {
  representClient,
  type ClientPosition,
  type ClientRegistry,
  type ClientWithSecrets,
} from '@ac/client-validation'
import { Command, InvalidArgumentError } from 'commander'
import { table, type Row } from '../../output/table.ts'
import type { CommandDeps } from '../command-deps.ts'
import { examples } from '../examples.ts'
import { wholeNumber } from '../whole-number.ts'
import { readCursor, writeCursor } from './client-cursor.ts'

interface ListOptions {
  readonly limit?: number
  readonly cursor?: ClientPosition
}

interface Page {
  readonly clients: readonly ClientWithSecrets[]
  /** The cursor of the next page; `null` after the last one. */
  readonly next: string | null
}

type Listing = Pick<ClientRegistry, 'list'>

const PAGE = 100
const MAX_LIMIT = 1000

/** `acctl clients list`: all clients, or one page of them. */
export const listClients = ({ workbench, tell }: CommandDeps): Command =>
  new Command('list')
    .description('list clients, oldest first')
    .option('--limit <n>', `print one page of at most n clients, up to ${MAX_LIMIT}`, wholeNumber(1, MAX_LIMIT))
    .option('--cursor <cursor>', 'begin where an earlier page ended', position)
    .addHelpText(
      'after',
      examples(
        'acctl clients list',
        'acctl clients list --limit 20',
        "acctl clients list --json | jq -r '.clients[].scope'",
      ),
    )
    .action(async ({ limit, cursor }: ListOptions) => {
      const registry = workbench.clients()
      const { clients, next } = limit ? await onePage(registry, limit, cursor) : await allPages(registry, cursor)
      const pointer = next ? `\nThere are more: acctl clients list --limit ${limit} --cursor ${next}\n` : ''
      await tell({
        json: { clients: clients.map(representClient), next_cursor: next },
        text: table(COLUMNS, clients.map(row)) + pointer,
      })
    })

function position(text: string): ClientPosition {
  const found = readCursor(text)
  if (found) return found
  throw new InvalidArgumentError('It must be one that an earlier page ended with.')
}

async function onePage(registry: Listing, limit: number, after?: ClientPosition): Promise<Page> {
  const found = await registry.list(limit + 1, after)
  const clients = found.slice(0, limit)
  const last = clients.at(-1)
  return { clients, next: found.length > limit && last ? writeCursor(last.client) : null }
}

async function allPages(registry: Listing, after?: ClientPosition): Promise<Page> {
  const clients: ClientWithSecrets[] = []
  let page: readonly ClientWithSecrets[]
  do {
    page = await registry.list(PAGE, clients.at(-1)?.client ?? after)
    clients.push(...page)
  } while (page.length === PAGE)
  return { clients, next: null }
}

const COLUMNS = [
  { header: 'CLIENT_ID' },
  { header: 'NAME', shrinks: true },
  { header: 'SERVICE_TYPE', shrinks: true },
  { header: 'REGION', shrinks: true },
  { header: 'STATE' },
  { header: 'CREATED' },
]

const row = ({ client }: ClientWithSecrets): Row => [
  client.id,
  client.name,
  client.serviceType,
  client.region,
  client.disabled ? 'disabled' : 'enabled',
  client.createdAt.toISOString().slice(0, 10),
]
