import type { TokenReference, TokenState, TokenStates } from '@ac/token-validation'
import { BatchQueue } from '../batching/batch-queue.ts'
import type { SessionPool } from '../connection/session-pool.ts'
import { storable } from './storable.ts'

const MAX_WAITING = 2000
const MAX_BATCH = 500
const MIN_INTERVAL_MS = 1

/** One row for each token of three lists of ids, in their order. */
const READ_TOKEN_STATES = `
  select
    exists (select from revoked_tokens where revoked_tokens.token_id = asked.token_id) as revoked,
    exists (select from signing_keys where kid = asked.key_id and status = 'revoked') as key_revoked,
    clients.disabled,
    (select max(not_before) from tokens_not_before
     where coalesce(tokens_not_before.client_id, '') in (asked.client_id, '')) as not_before
  from unnest($1::text[], $2::text[], $3::text[]) with ordinality as asked (token_id, client_id, key_id, place)
  left join clients on clients.client_id = asked.client_id
  order by place`

interface Row {
  readonly revoked: boolean
  readonly key_revoked: boolean
  /** `null` when there is no such client. */
  readonly disabled: boolean | null
  readonly not_before: Date | null
}

/**
 * Reads what has become of tokens, always from the database. Concurrent reads share queries, as those of clients do: what
 * is asked for while one is under way goes into the next.
 */
export class PostgresTokenStates implements TokenStates {
  readonly #pool: SessionPool
  readonly #reads: BatchQueue<TokenReference, TokenState>

  constructor(pool: SessionPool) {
    this.#pool = pool
    this.#reads = new BatchQueue({
      name: 'token states',
      maxWaiting: MAX_WAITING,
      maxBatch: MAX_BATCH,
      minIntervalMs: MIN_INTERVAL_MS,
      run: (tokens) => this.#readAll(tokens),
    })
  }

  read(token: TokenReference): Promise<TokenState> {
    return this.#reads.submit(token)
  }

  async #readAll(tokens: readonly TokenReference[]): Promise<readonly TokenState[]> {
    const ids = [
      tokens.map(({ id }) => storable(id)),
      tokens.map(({ clientId }) => storable(clientId)),
      tokens.map(({ keyId }) => storable(keyId)),
    ]
    const rows = await this.#pool.prepared<Row>('read-token-states', READ_TOKEN_STATES, ids)
    return rows.map(toState)
  }
}

const toState = ({ revoked, key_revoked: keyRevoked, disabled, not_before: notBefore }: Row): TokenState => ({
  revoked,
  keyRevoked,
  client: disabled === null ? undefined : { disabled },
  notBefore: notBefore ?? undefined,
})
