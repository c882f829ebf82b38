import { clientId, Unavailable } from '@ac/kernel'
import { InMemoryAuditTrail, MovingClock, RecordingLog } from '@ac/kernel/testing'
import { AccessAuthorizer, TokenVerifier } from '@ac/token-validation'
import { FakeSignedTokens, InMemoryTokenStates, someClaims } from '@ac/token-validation/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { Controller, Get, Module, Post } from '@nestjs/common'
import { APP_FILTER, NestFactory } from '@nestjs/core'
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify'
import { provide } from '../../composition/provide.ts'
import { ACCESS_AUTHORIZER, LOG, ORIGIN_READER, REALM, ROUTES } from '../../composition/tokens.ts'
import { ErrorFilter } from '../errors/error-filter.ts'
import { OriginReader } from '../requests/origin-reader.ts'
import { RouteTable } from '../requests/route-table.ts'
import { strictFastify } from '../strict-fastify.ts'
import { Caller } from './caller.ts'
import { RequiresScope } from './requires-scope.ts'

const ISSUER = 'https://ac.example'
const CLIENT = clientId('svc_0123456789ABCDEFabcdef')

@Controller()
class Guarded {
  @Get('/one')
  @RequiresScope('admin:services')
  one(@Caller() caller: Caller): Caller {
    return caller
  }

  @Post('/either')
  @RequiresScope('service.rotate-keys.ac', 'admin.force-rotate-keys.ac')
  either(): string {
    return 'done'
  }

  @Get('/open')
  open(): string {
    return 'open'
  }

  @Get('/forgotten')
  forgotten(@Caller() caller: Caller): Caller {
    return caller
  }
}

const tokens = new FakeSignedTokens()
const states = new InMemoryTokenStates()
const audit = new InMemoryAuditTrail()
const clock = new MovingClock('2026-01-01T00:30:00.000Z').now
const verifier = new TokenVerifier({ tokens, states, clock, policy: { issuer: ISSUER, clockSkewSeconds: 300 } })
const routes = new RouteTable()

@Module({
  controllers: [Guarded],
  providers: [
    provide(ACCESS_AUTHORIZER, [], () => new AccessAuthorizer({ verifier, audit, clock, audience: ISSUER })),
    provide(
      ORIGIN_READER,
      [],
      () => new OriginReader({ addressOf: () => '192.0.2.1', networkOf: (address) => address, hash: () => 'h:1' }),
    ),
    provide(LOG, [], () => new RecordingLog()),
    provide(ROUTES, [], () => routes),
    provide(REALM, [], () => ISSUER),
    { provide: APP_FILTER, useClass: ErrorFilter },
  ],
})
class GuardedModule {}

let app: NestFastifyApplication

beforeAll(async () => {
  const server = strictFastify({ requestTimeoutMs: 30_000, routes, draining: () => false })
  app = await NestFactory.create<NestFastifyApplication>(GuardedModule, new FastifyAdapter(server), {
    logger: false,
    bodyParser: false,
  })
  await app.init()
})
afterAll(() => app.close())

beforeEach(() => {
  states.fail(undefined)
  states.put(CLIENT)
  audit.events.splice(0)
})

const tokenWith = (scope: string, over: Readonly<Record<string, unknown>> = {}): string =>
  tokens.sign(someClaims({ aud: ISSUER, scope, ...over }))

async function ask(url: string, authorization?: string) {
  const method = url === '/either' ? 'POST' : 'GET'
  const headers = { host: 'ac.example', ...(authorization !== undefined && { authorization }) }
  const { statusCode, headers: answered, body } = await app.inject({ method, url, headers })
  return { status: statusCode, challenge: answered['www-authenticate'], body, cache: answered['cache-control'] }
}

describe('a handler that requires a scope', () => {
  it('is told who calls, with everything that the token carries', async () => {
    const { status, body } = await ask('/one', `Bearer ${tokenWith('admin:services other')}`)
    expect(status).toBe(200)
    expect(JSON.parse(body)).toEqual({ clientId: CLIENT, scopes: ['admin:services', 'other'] })
  })

  it('takes any one of several', async () => {
    for (const scope of ['service.rotate-keys.ac', 'admin.force-rotate-keys.ac']) {
      expect(await ask('/either', `Bearer ${tokenWith(scope)}`)).toMatchObject({ status: 201, body: 'done' })
    }
  })

  it('is closed to a caller without a token, who is told how to get in and of no error', async () => {
    for (const authorization of [undefined, 'Basic YTpi', tokenWith('admin:services')]) {
      const { status, challenge, body, cache } = await ask('/one', authorization)
      expect({ status, challenge, cache }).toEqual({
        status: 401,
        challenge: `Bearer realm="${ISSUER}"`,
        cache: 'no-store',
      })
      expect(JSON.parse(body)).toEqual({
        error: 'invalid_token',
        error_description: 'the request carries no bearer token',
      })
    }
  })

  it('is closed to a token in the query, with and without one in the header', async () => {
    const token = tokenWith('admin:services')
    expect(await ask(`/one?access_token=${token}`)).toMatchObject({ status: 401 })
    expect(await ask(`/one?access_token=${token}`, `Bearer ${token}`)).toMatchObject({ status: 400 })
  })

  it.each<[string, () => string]>([
    ['for another audience', () => tokenWith('admin:services', { aud: 'urn:ac:platform' })],
    ['of another issuer', () => tokenWith('admin:services', { iss: 'https://other.example' })],
    ['that is expired', () => tokenWith('admin:services', { iat: 1_767_220_000, exp: 1_767_220_001 })],
    ['of a client that is not registered', () => tokenWith('admin:services', { sub: 'x', client_id: 'x' })],
    ['that nobody signed', () => 'a.b.c'],
    ['that is no token', () => '"'],
  ])('is closed to a token %s, always by the same answer', async (_, make) => {
    const { status, challenge, body } = await ask('/one', `Bearer ${make()}`)
    expect({ status, challenge }).toEqual({
      status: 401,
      challenge: `Bearer realm="${ISSUER}", error="invalid_token", error_description="the access token is not valid"`,
    })
    expect(JSON.parse(body)).toEqual({ error: 'invalid_token', error_description: 'the access token is not valid' })
  })

  it('is closed to a token of a client from the moment at which that is disabled', async () => {
    const token = tokenWith('admin:services')
    expect((await ask('/one', `Bearer ${token}`)).status).toBe(200)
    states.put(CLIENT, { disabled: true })
    expect((await ask('/one', `Bearer ${token}`)).status).toBe(401)
  })

  it('is closed to a token without the scope, and says which would do', async () => {
    const { status, challenge, body } = await ask('/either', `Bearer ${tokenWith('admin:services')}`)
    expect(status).toBe(403)
    expect(challenge).toMatch(
      /^Bearer .*error="insufficient_scope".*scope="service.rotate-keys.ac admin.force-rotate-keys.ac"$/,
    )
    expect(JSON.parse(body)).toMatchObject({ error: 'insufficient_scope' })
    expect(audit.events).toMatchObject([
      { type: 'admin.access_denied', actor: CLIENT, reason: 'insufficient_scope', origin: { source: 'h:1' } },
    ])
  })

  it('answers 503 while nothing can be said of the token', async () => {
    states.fail(new Unavailable('database'))
    expect(await ask('/one', `Bearer ${tokenWith('admin:services')}`)).toMatchObject({
      status: 503,
      challenge: undefined,
    })
  })
})

describe('a handler that requires none', () => {
  it('is open', async () => {
    expect(await ask('/open')).toMatchObject({ status: 200, body: 'open' })
  })

  it('fails rather than take anybody for its caller', async () => {
    expect(await ask('/forgotten', `Bearer ${tokenWith('admin:services')}`)).toMatchObject({ status: 500 })
  })
})
