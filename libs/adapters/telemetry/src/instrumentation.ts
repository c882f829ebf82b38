import type { ClientSecretStore, SecretHasher, ThrottledClientAuthenticator } from '@ac/client-validation'
import type { AuditTrail } from '@ac/kernel'
import type { KeyRing, KeyRotator, SigningKeyStore } from '@ac/key-rotation'
import type { TokenIssuer, TokenSigner } from '@ac/token-issuance'
import type { TokenStates, TokenVerifier } from '@ac/token-validation'
import { measuredAuditTrail, measuredTransactions, type AuditedTransactions } from './measured/audit-trail.ts'
import { measuredSecretHasher } from './measured/secret-hasher.ts'
import { measuredKeyRotator, measuredSigningKeyReads, setKeyGauges } from './measured/signing-keys.ts'
import { measuredTokenVerifier } from './measured/token-verifier.ts'
import type { Metrics } from './metrics/metrics.ts'
import * as traced from './tracing/traced.ts'
import type { Tracing } from './tracing/tracing.ts'

/** What {@link Instrumentation} needs; what is switched off is `undefined`. */
export interface InstrumentationDeps {
  readonly metrics: Metrics | undefined
  readonly tracing: Tracing | undefined
  /** Turns a client id into what a span may say of it. */
  readonly hash: (clientId: string) => string
}

/**
 * Puts metrics and spans around ports and use cases, one method for each. What is given comes back as it is where nothing is
 * switched on that would look at it.
 */
export class Instrumentation {
  readonly #deps: InstrumentationDeps

  constructor(deps: InstrumentationDeps) {
    this.#deps = deps
  }

  tokenIssuer(issuer: Pick<TokenIssuer, 'issue'>): Pick<TokenIssuer, 'issue'> {
    const { tracing, hash } = this.#deps
    return tracing ? traced.tracedTokenIssuer(issuer, tracing, hash) : issuer
  }

  clientAuthenticator(
    clients: Pick<ThrottledClientAuthenticator, 'authenticate'>,
  ): Pick<ThrottledClientAuthenticator, 'authenticate'> {
    const { tracing, hash } = this.#deps
    return tracing ? traced.tracedClientAuthenticator(clients, tracing, hash) : clients
  }

  clientSecretStore(store: ClientSecretStore): ClientSecretStore {
    const { tracing } = this.#deps
    return tracing ? traced.tracedClientSecretStore(store, tracing) : store
  }

  tokenSigner(signer: TokenSigner): TokenSigner {
    const { tracing } = this.#deps
    return tracing ? traced.tracedTokenSigner(signer, tracing) : signer
  }

  tokenVerifier(verifier: Pick<TokenVerifier, 'verify'>): Pick<TokenVerifier, 'verify'> {
    const { tracing, metrics } = this.#deps
    const spanned = tracing ? traced.tracedTokenVerifier(verifier, tracing) : verifier
    return metrics ? measuredTokenVerifier(spanned, metrics.families, () => tracing?.recorded) : spanned
  }

  tokenStates(states: TokenStates): TokenStates {
    const { tracing } = this.#deps
    return tracing ? traced.tracedTokenStates(states, tracing) : states
  }

  keyRotator(rotator: Pick<KeyRotator, 'rotate'>): Pick<KeyRotator, 'rotate'> {
    const { tracing, metrics } = this.#deps
    const spanned = tracing ? traced.tracedKeyRotator(rotator, tracing) : rotator
    return metrics ? measuredKeyRotator(spanned, metrics.families) : spanned
  }

  /** For the store as the key ring reads it. */
  signingKeyReads(store: Pick<SigningKeyStore, 'read'>): Pick<SigningKeyStore, 'read'> {
    const { metrics } = this.#deps
    return metrics ? measuredSigningKeyReads(store, metrics.families) : store
  }

  keyRing(ring: KeyRing): KeyRing {
    const { metrics } = this.#deps
    metrics?.beforeScrape(() => setKeyGauges(ring, metrics.families))
    return ring
  }

  secretHasher(hasher: SecretHasher): SecretHasher {
    const { metrics } = this.#deps
    return metrics ? measuredSecretHasher(hasher, metrics.families) : hasher
  }

  auditTrail(trail: AuditTrail): AuditTrail {
    const { metrics } = this.#deps
    return metrics ? measuredAuditTrail(trail, metrics.families) : trail
  }

  auditedTransactions<Transaction>(transactions: AuditedTransactions<Transaction>): AuditedTransactions<Transaction> {
    const { metrics } = this.#deps
    return metrics ? measuredTransactions(transactions, metrics.families) : transactions
  }

  /** Told of the number of events in each batch that is written; `undefined` where nobody wants to know. */
  get auditBatches(): ((events: number) => void) | undefined {
    const size = this.#deps.metrics?.families.auditBatchSize.series({})
    return size && ((events) => size.observe(events))
  }
}
