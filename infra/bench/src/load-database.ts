import { openPool } from '@ac/testbed'

const CLIENTS = 100_000
const AUDIT_EVENTS = 1_000_000
const TIMEOUT_MS = 300_000

/** Clients that nobody ever is; nothing of their secrets was ever a secret. */
const LOAD_CLIENTS = `
  insert into clients (client_id, client_name, scope, audiences, resource_ids, token_endpoint_auth_method, disabled,
                       created_at, updated_at)
  select 'svc_' || lpad(n::text, 22, '0'), 'loaded ' || n, '{bench.read}', '{}', '{}', 'client_secret_basic', false,
         now() - n * interval '1 minute', now()
  from generate_series(1, $1::int) as n`

const LOAD_SECRETS = `
  insert into client_secrets (id, client_id, hash, mac, mac_key_id, created_at)
  select 'loaded-' || client_id, client_id, '$argon2id$v=19$m=19456,t=2,p=1$AAAA$AAAA', sha256(client_id::bytea), 'loaded',
         created_at
  from clients`

/** All in this month's partition, the one that is written to; as links of a chain that nobody will verify. */
const LOAD_AUDIT_EVENTS = `
  insert into audit_events (writer, sequence, previous_hash, hash,
                            occurred_at, type, outcome, actor, target, request_id, source)
  select '10ad10ad-10ad-8000-8000-000000000000', n, sha256(n::text::bytea), sha256((n + 1)::text::bytea),
         date_trunc('month', now()) + random() * (now() - date_trunc('month', now())), 'token.issued', 'success',
         'svc_' || lpad((n % 100000)::text, 22, '0'), md5(n::text), md5(random()::text), 'h:0123456789abcdef'
  from generate_series(1, $1::int) as n`

/** Puts into a migrated database what years of work leave there, and its statistics. */
export async function loadDatabase(databaseUrl: string, say: (step: string) => void): Promise<void> {
  say(`loading ${CLIENTS} clients and ${AUDIT_EVENTS} audit events into a second database`)
  // One connection: the role is reset for all statements after it, since only the owner may take statistics.
  const pool = openPool(databaseUrl, 1, TIMEOUT_MS)
  try {
    await pool.prepared('load-clients', LOAD_CLIENTS, [CLIENTS])
    await pool.prepared('load-secrets', LOAD_SECRETS, [])
    await pool.prepared('load-audit-events', LOAD_AUDIT_EVENTS, [AUDIT_EVENTS])
    await pool.prepared('become-owner', 'reset role', [])
    await pool.prepared('take-statistics', 'vacuum analyze', [])
  } finally {
    await pool.end()
  }
}
