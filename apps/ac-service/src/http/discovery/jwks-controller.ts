import { createHash } from 'node:crypto'
import type { KeyRing, SigningKey } from '@ac/key-rotation'
import { Controller, Get, Inject, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { JWKS_MAX_AGE_SECONDS, KEY_RING } from '../../composition/tokens.ts'
import { Describes } from '../openapi/operation.ts'
import { READ_JWKS } from './discovery.openapi.ts'

interface KeySet {
  /** The published kids; the body is made anew only when they change. */
  readonly kids: string
  readonly body: string
  readonly etag: string
}

/** The public keys that tokens are verified with (RFC 7517 section 5). */
@Controller()
export class JwksController {
  #last: KeySet | undefined

  constructor(
    @Inject(KEY_RING) private readonly ring: KeyRing,
    @Inject(JWKS_MAX_AGE_SECONDS) private readonly maxAgeSeconds: number,
  ) {}

  @Get('/.well-known/jwks.json')
  @Describes(READ_JWKS)
  jwks(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const { body, etag } = this.#keySet()
    void reply.header('cache-control', `public, max-age=${this.maxAgeSeconds}`).header('etag', etag)
    if (matchesTag(request.headers['if-none-match'], etag)) void reply.status(304).send()
    else void reply.type('application/json').send(body)
  }

  #keySet(): KeySet {
    const published = this.ring.published()
    const kids = published.map(({ kid }) => kid).join()
    if (this.#last?.kids !== kids) {
      const body = JSON.stringify({ keys: published.map(toJwk) })
      this.#last = { kids, body, etag: `"${createHash('sha256').update(body).digest('base64url')}"` }
    }
    return this.#last
  }
}

/** Weak comparison, a list, or `*` (RFC 9110 section 13.1.2). */
const matchesTag = (header: string | undefined, etag: string): boolean =>
  (header ?? '').split(',').some((tag) => ['*', etag].includes(tag.trim().replace(/^W\//, '')))

const toJwk = ({ kid, publicKey: { kty, crv, x } }: SigningKey) => ({ kty, crv, x, kid, alg: 'EdDSA', use: 'sig' })
