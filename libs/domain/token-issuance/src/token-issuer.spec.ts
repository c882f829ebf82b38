import { describe, expect, it } from '@jest/globals'
import { Overloaded, Secret, tokenId, Unavailable, type AuditEvent, type AuditTrail, type Scope } from '@ac/kernel'
import { InMemoryAuditTrail, MovingClock } from '@ac/kernel/testing'
import type { Grantee } from './ports/client-authentication.ts'
import { SigningKeyUnavailable } from './signing-key-unavailable.ts'
import { aGrantee } from './testing/a-grantee.ts'
import { FakeClientAuthentication } from './testing/fake-client-authentication.ts'
import { FakeTokenSigner } from './testing/fake-token-signer.ts'
import { TokenIssuer, type TokenRequest } from './token-issuer.ts'

const ORIGIN = { requestId: 'r-1', source: 'h:0123456789abcdef', traceId: '0af7651916cd43dd8448eb211c80319c' }
const SECRET = new Secret('acs_right')
const POLICY = {
  audiences: { issuer: 'https://ac.example', fallback: 'urn:ac:platform' },
  ttlSeconds: 3600,
  maxTtlSeconds: 7200,
}

/** 2026-01-01T00:00:00Z, where a {@link MovingClock} begins. */
const START = 1_767_225_600

function fixture<Trail extends AuditTrail>(audit: Trail, over: Partial<Grantee> = {}) {
  const clients = new FakeClientAuthentication()
  const [signer, clock] = [new FakeTokenSigner(), new MovingClock()]
  const grantee = aGrantee(over)
  clients.enrol(grantee, SECRET)
  let count = 0
  const newTokenId = () => tokenId(`jti-${++count}`)
  const issuer = new TokenIssuer({ clients, signer, audit, newTokenId, clock: clock.now, policy: POLICY })
  const issue = (request: Partial<TokenRequest> = {}) =>
    issuer.issue({ clientId: grantee.id, secret: SECRET, scope: undefined, resource: undefined, ...request }, ORIGIN)
  return { issue, clients, signer, audit, clock, grantee }
}

/** A trail that commits nothing before it is told to. */
function deferredTrail() {
  const asked = Promise.withResolvers<AuditEvent>()
  const committed = Promise.withResolvers<void>()
  const record = (event: AuditEvent): Promise<void> => {
    asked.resolve(event)
    return committed.promise
  }
  return { record, asked: asked.promise, commit: committed.resolve, refuse: committed.reject }
}

describe('A token', () => {
  it('says who it is for, what it allows and how long, and nothing else', async () => {
    const { issue, signer, grantee } = fixture(new InMemoryAuditTrail())
    const { accessToken } = await issue()
    expect((await signer.verify(accessToken)).claims).toStrictEqual({
      iss: 'https://ac.example',
      sub: grantee.id,
      client_id: grantee.id,
      aud: 'urn:ac:platform',
      iat: START,
      exp: START + 3600,
      jti: 'jti-1',
      scope: 'meetings.read meetings.write',
      service_type: 'media-handler',
      region: 'eu-central-1',
    })
  })

  it('carries no service type and no region where none is registered', async () => {
    const { issue, signer } = fixture(new InMemoryAuditTrail(), { serviceType: undefined, region: undefined })
    await issue()
    const names = ['iss', 'sub', 'client_id', 'aud', 'iat', 'exp', 'jti', 'scope']
    expect(signer.signed.map((claims) => Object.keys(claims))).toEqual([names])
  })

  it('is for the resource and the scope that were asked for', async () => {
    const { issue, signer } = fixture(new InMemoryAuditTrail())
    const issued = await issue({ scope: 'meetings.read', resource: 'https://meetings.example' })
    expect(signer.signed).toMatchObject([{ aud: 'https://meetings.example', scope: 'meetings.read' }])
    expect(issued.scope).toBe('meetings.read')
  })

  it.each([
    ['the deployment\u2019s lifetime by default', undefined, 3600],
    ['its client\u2019s own shorter one', 60, 60],
    ['its client\u2019s own longer one', 7200, 7200],
    ['no more than the greatest, whatever its client says', 7201, 7200],
  ])('has %s', async (_, accessTokenTtlSeconds, ttl) => {
    const { issue, signer } = fixture(new InMemoryAuditTrail(), { accessTokenTtlSeconds })
    expect(await issue()).toMatchObject({ expiresIn: ttl })
    expect(signer.signed).toMatchObject([{ iat: START, exp: START + ttl }])
  })

  it('has whole seconds for its times, the second that has begun', async () => {
    const { issue, signer, clock } = fixture(new InMemoryAuditTrail())
    clock.advanceSeconds(0.999)
    await issue()
    expect(signer.signed).toMatchObject([{ iat: START, exp: START + 3600 }])
  })

  it('has an id that no other has', async () => {
    const { issue, signer } = fixture(new InMemoryAuditTrail())
    await Promise.all(Array.from({ length: 100 }, () => issue()))
    expect(new Set(signer.signed.map(({ jti }) => jti)).size).toBe(100)
  })
})

describe('TokenIssuer', () => {
  it('gives nothing out before the audit event is committed', async () => {
    const { issue, signer, audit } = fixture(deferredTrail())
    let answered = false
    const issued = issue().finally(() => (answered = true))
    await audit.asked
    for (let turn = 0; turn < 100; turn++) await Promise.resolve()
    expect([answered, signer.signed.length]).toEqual([false, 1])
    audit.commit()
    expect((await issued).accessToken).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/)
  })

  it.each([new Overloaded('audit'), new Unavailable('audit trail')])(
    'gives nothing out when the audit trail refuses: $code',
    async (refusal) => {
      const { issue, audit } = fixture(deferredTrail())
      audit.refuse(refusal)
      await expect(issue()).rejects.toBe(refusal)
    },
  )

  it('records who got which token, and nothing of the token itself', async () => {
    const { issue, audit, grantee, clock } = fixture(new InMemoryAuditTrail())
    const { accessToken } = await issue()
    expect(audit.events).toEqual([
      {
        type: 'token.issued',
        outcome: 'success',
        reason: undefined,
        occurredAt: clock.now(),
        actor: grantee.id,
        target: 'jti-1',
        origin: ORIGIN,
      },
    ])
    for (const part of accessToken.split('.')) expect(JSON.stringify(audit.events)).not.toContain(part)
  })

  it.each([
    ['invalid_scope', { scope: 'admin:services' }],
    ['invalid_scope', { scope: '' }],
    ['invalid_target', { resource: 'https://other.example' }],
    ['invalid_target', { resource: 'https://ac.example', scope: 'meetings.read' }],
  ])('records a refusal with its reason: %s for %j', async (code, request) => {
    const { issue, audit, signer, grantee, clock } = fixture(new InMemoryAuditTrail())
    await expect(issue(request)).rejects.toMatchObject({ code })
    expect(audit.events).toEqual([
      {
        type: 'token.refused',
        outcome: 'failure',
        reason: code,
        occurredAt: clock.now(),
        actor: grantee.id,
        target: undefined,
        origin: ORIGIN,
      },
    ])
    expect(signer.signed).toEqual([])
  })

  it('answers with the trail\u2019s own error when a refusal cannot be recorded', async () => {
    const { issue, audit } = fixture(new InMemoryAuditTrail())
    const refusal = new Unavailable('audit trail')
    audit.refuse(refusal)
    await expect(issue({ scope: 'more' })).rejects.toBe(refusal)
  })

  it('tells a caller who proves nothing only that, whatever it asks for', async () => {
    const { issue, signer, audit } = fixture(new InMemoryAuditTrail())
    const refused = issue({ secret: new Secret('acs_wrong'), scope: 'more', resource: 'https://other.example' })
    await expect(refused).rejects.toMatchObject({ code: 'client_rejected' })
    expect([signer.signed, audit.events]).toEqual([[], []])
  })

  it('gives nothing out and records nothing when there is no key to sign with', async () => {
    const { issue, signer, audit } = fixture(new InMemoryAuditTrail())
    signer.fail(new SigningKeyUnavailable())
    await expect(issue()).rejects.toThrow(SigningKeyUnavailable)
    expect(audit.events).toEqual([])
  })

  it('passes on what it does not understand, without a word in the trail', async () => {
    const { issue, clients, audit } = fixture(new InMemoryAuditTrail(), { scopes: undefined as unknown as Scope[] })
    await expect(issue()).rejects.toThrow(TypeError)
    clients.fail(new Unavailable('client store'))
    await expect(issue()).rejects.toThrow(Unavailable)
    expect(audit.events).toEqual([])
  })
})
