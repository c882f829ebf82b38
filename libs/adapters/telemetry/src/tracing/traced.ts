import type { ClientSecretStore, ThrottledClientAuthenticator } from '@ac/client-validation'
import type { Origin } from '@ac/kernel'
import type { KeyRotator } from '@ac/key-rotation'
import type { TokenIssuer, TokenSigner } from '@ac/token-issuance'
import type { TokenStates, TokenVerifier } from '@ac/token-validation'
import type { TraceReference } from '../metrics/series.ts'
import type { AttributesOf } from './span-catalogue.ts'
import type { Tracing } from './tracing.ts'

type Authenticating = Pick<ThrottledClientAuthenticator, 'authenticate'>

/** Turns a client id into what a span may say of it. */
type Hash = (clientId: string) => string

const READ_CLIENTS: AttributesOf<'queryClient'> = {
  'db.system.name': 'postgresql',
  'db.operation.name': 'SELECT',
  'db.collection.name': 'clients',
}

const READ_SIGNING_KEYS: AttributesOf<'querySigningKey'> = { ...READ_CLIENTS, 'db.collection.name': 'signing_keys' }

/** What is recorded of an act in the audit trail points to the trace that is recorded of it. */
const inTrace = (origin: Origin, trace: TraceReference | undefined): Origin =>
  trace ? { ...origin, traceId: trace.traceId } : origin

const nothing = () => ({})

/** Shows as `ac.token.issue`. */
export const tracedTokenIssuer = (
  issuer: Pick<TokenIssuer, 'issue'>,
  tracing: Tracing,
  hash: Hash,
): Pick<TokenIssuer, 'issue'> => ({
  issue: (request, origin) =>
    tracing.begin(
      'issue',
      () => ({ 'ac.client.hash': hash(request.clientId) }),
      (trace) => issuer.issue(request, inTrace(origin, trace)),
    ),
})

/** Shows as `ac.client.validate`. */
export const tracedClientAuthenticator = (clients: Authenticating, tracing: Tracing, hash: Hash): Authenticating => ({
  authenticate: (credentials, origin) =>
    tracing.continue(
      'validateClient',
      () => ({ 'ac.client.hash': hash(credentials.clientId) }),
      () => clients.authenticate(credentials, origin),
    ),
})

/** Shows as `ac.db.query.client`. */
export const tracedClientSecretStore = (store: ClientSecretStore, tracing: Tracing): ClientSecretStore => ({
  find: (id) =>
    tracing.continue(
      'queryClient',
      () => READ_CLIENTS,
      () => store.find(id),
    ),
  replaceMac: (secret, mac) => store.replaceMac(secret, mac),
})

/** Shows as `ac.token.sign`. */
export const tracedTokenSigner = (signer: TokenSigner, tracing: Tracing): TokenSigner => ({
  sign: (claims) => tracing.continue('sign', nothing, () => signer.sign(claims)),
})

/** Shows as `ac.token.verify`. */
export const tracedTokenVerifier = (
  verifier: Pick<TokenVerifier, 'verify'>,
  tracing: Tracing,
): Pick<TokenVerifier, 'verify'> => ({
  verify: (token) => tracing.begin('verify', nothing, () => verifier.verify(token)),
})

/** Shows as `ac.db.query.signing_key`. */
export const tracedTokenStates = (states: TokenStates, tracing: Tracing): TokenStates => ({
  read: (token) =>
    tracing.continue(
      'querySigningKey',
      () => READ_SIGNING_KEYS,
      () => states.read(token),
    ),
})

/** Shows as `ac.key.rotate`. */
export const tracedKeyRotator = (
  rotator: Pick<KeyRotator, 'rotate'>,
  tracing: Tracing,
): Pick<KeyRotator, 'rotate'> => ({
  rotate: (request, origin) =>
    tracing.begin(
      'rotateKeys',
      () => ({ 'ac.key.forced': request.forced }),
      (trace) => rotator.rotate(request, inTrace(origin, trace)),
    ),
})
