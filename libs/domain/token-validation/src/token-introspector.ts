import type { ClientId, Scope } from '@ac/kernel'
import { TokenRejected } from './token-rejected.ts'
import type { TokenVerifier } from './token-verifier.ts'
import type { ValidToken } from './valid-token.ts'

/** A client that asks about a token, after it has proved who it is. */
export interface Inquirer {
  readonly id: ClientId
  readonly scopes: readonly Scope[]
  /** Audiences that it answers for as a resource server. */
  readonly resourceIds: readonly string[]
}

/** Whoever is registered with this scope may ask about every token. */
const ANY = 'introspect:any'

/** What {@link TokenIntrospector} needs. */
export interface TokenIntrospectorDeps {
  readonly verifier: Pick<TokenVerifier, 'verify'>
}

/** Tells clients about tokens that concern them (RFC 7662). */
export class TokenIntrospector {
  readonly #deps: TokenIntrospectorDeps

  constructor(deps: TokenIntrospectorDeps) {
    this.#deps = deps
  }

  /**
   * What `token` says; `undefined` when it is not valid or none of the inquirer's business, which it cannot tell apart, not
   * by the time that it takes either: a token is verified throughout before anybody asks whose it is. It concerns the
   * client that it was issued to, those that answer for its audience, and holders of `introspect:any`.
   * @param token untrusted; anything at all
   * @throws {Overloaded} a queue on the way is full
   * @throws {Unavailable} the storage does not answer: nothing can be said of the token, not even that it is not active
   */
  async introspect(inquirer: Inquirer, token: string): Promise<ValidToken | undefined> {
    try {
      const valid = await this.#deps.verifier.verify(token)
      return concerns(valid, inquirer) ? valid : undefined
    } catch (error) {
      if (error instanceof TokenRejected) return undefined
      throw error
    }
  }
}

const concerns = ({ clientId, audience }: ValidToken, { id, scopes, resourceIds }: Inquirer): boolean =>
  clientId === id || resourceIds.includes(audience) || scopes.some((scope) => scope === ANY)
