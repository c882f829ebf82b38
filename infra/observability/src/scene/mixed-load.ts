import { setTimeout as sleep } from 'node:timers/promises'
import type { RegisteredClient } from '@ac/testbed'
import { Caller, type Reply } from './caller.ts'

/** Who calls. */
export interface Parties {
  /** Base URLs of the replicas. */
  readonly apis: readonly string[]
  /** Services that need tokens, at least two. */
  readonly users: readonly RegisteredClient[]
  /** Holds {@link OPERATOR_SCOPE}. */
  readonly operator: RegisteredClient
}

/** What the operator's client must be registered with. */
export const OPERATOR_SCOPE = 'admin:services service.rotate-keys.ac admin.force-rotate-keys.ac introspect:any'

/**
 * Calls everything that the service offers, rightly and wrongly, until `end` is aborted. Nothing that a caller meets ends
 * the load. Resolves when the last call is over.
 */
export async function mixedLoad(parties: Parties, end: AbortSignal): Promise<void> {
  const calls = [...issuance(parties), ...mistakes(parties), ...verification(parties), ...administration(parties)]
  await Promise.all(calls.map(([perSecond, call]) => repeat(call, perSecond, end)))
}

type Call = readonly [perSecond: number, call: () => Promise<unknown>]

/** Asks for many tokens at the same moment. Resolves when all are answered. */
export async function burst({ apis, users }: Parties, count: number): Promise<void> {
  const caller = new Caller(apis)
  const asked = Array.from({ length: count }, (_, index) => caller.token(users[index % users.length] ?? NOBODY))
  await Promise.allSettled(asked)
}

/** Begins a call at each moment, whether those before it are over or not. */
async function repeat(call: () => Promise<unknown>, perSecond: number, end: AbortSignal): Promise<void> {
  const underWay = new Set<Promise<unknown>>()
  while (!end.aborted) {
    const one: Promise<unknown> = call()
      .catch(() => undefined)
      .finally(() => underWay.delete(one))
    underWay.add(one)
    await sleep(1000 / perSecond, undefined, { signal: end }).catch(() => undefined)
  }
  await Promise.all(underWay)
}

function issuance({ apis, users }: Parties): readonly Call[] {
  const caller = new Caller(apis)
  return users.map((user): Call => [3, () => caller.token(user)])
}

/** Nobody is registered with this id. */
const NOBODY: RegisteredClient = { client_id: `svc_${'0'.repeat(22)}`, client_secret: `acs_${'0'.repeat(49)}` }

function mistakes({ apis, users: [user = NOBODY] }: Parties): readonly Call[] {
  const caller = new Caller(apis)
  const grant = { grant_type: 'client_credentials' }
  return [
    [2, () => caller.postForm('/oauth2/token', { ...user, client_secret: NOBODY.client_secret }, grant)],
    [1, () => caller.postForm('/oauth2/token', NOBODY, grant)],
    [1, () => caller.postForm('/oauth2/token', user, { grant_type: 'password' })],
    [1, () => caller.postForm('/oauth2/token', user, { ...grant, scope: 'no:such' })],
    [1, () => caller.get('/nothing/here')],
  ]
}

function verification({ apis, users: [user = NOBODY], operator }: Parties): readonly Call[] {
  const caller = new Caller(apis)
  const introspect = (token: string) => caller.postForm('/oauth2/introspect', operator, { token })
  let etag = ''
  return [
    [5, async () => introspect(await caller.token(user))],
    [1, async () => introspect(forged(await caller.token(user)))],
    [1, () => introspect('not.a.token')],
    [2, async () => (etag = (await caller.get('/.well-known/jwks.json')).get('etag') ?? '')],
    [4, () => caller.get('/.well-known/jwks.json', { 'if-none-match': etag })],
    [1, () => caller.get('/.well-known/oauth-authorization-server')],
  ]
}

/** The same token with a signature that is not its own. */
function forged(token: string): string {
  const [header = '', payload = '', signature = ''] = token.split('.')
  const other = signature.startsWith('A') ? 'B' : 'A'
  return [header, payload, other + signature.slice(1)].join('.')
}

function administration({ apis, operator }: Parties): readonly Call[] {
  const caller = new Caller(apis)
  const clients = '/api/v1/admin/clients'
  const asOperator = async (method: string, path: string, body?: object, scope = OPERATOR_SCOPE) =>
    caller.withToken(method, path, await caller.token(operator, scope), body)
  return [
    [1, () => asOperator('GET', clients)],
    [0.5, () => asOperator('GET', clients, undefined, 'introspect:any')],
    [0.5, () => caller.withToken('GET', clients, 'nonsense')],
    [0.5, () => lifeOfClient(asOperator, clients)],
    [0.2, () => asOperator('GET', '/api/v1/admin/keys')],
    [0.2, () => asOperator('GET', '/api/v1/admin/audit-events')],
    [0.1, () => asOperator('POST', '/internal/rotate-keys')],
    [0.1, () => asOperator('POST', '/internal/rotate-keys', undefined, 'service.rotate-keys.ac')],
  ]
}

type Administrator = (method: string, path: string, body?: object) => Promise<Reply>

async function lifeOfClient(administrator: Administrator, clients: string): Promise<void> {
  const { json } = await administrator('POST', clients, { client_name: 'for a while', scope: 'bench.read' })
  const path = `${clients}/${String(json['client_id'])}`
  await administrator('POST', `${path}/rotate-secret`, { grace_seconds: 0 })
  await administrator('DELETE', path)
}
