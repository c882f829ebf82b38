import { AuditWriteFailed } from '@ac/audit'
import { keyId, NO_ORIGIN, Overloaded, Secret, Unavailable, type AuditEvent, type AuditEventType } from '@ac/kernel'
import { RotationTooSoon, SealedKeyRejected, type SigningKey } from '@ac/key-rotation'
import { TokenRejected, type TokenRejectionReason, type ValidToken } from '@ac/token-validation'
import { describe, expect, it } from '@jest/globals'
import { measuredAuditTrail, measuredTransactions } from '../../src/measured/audit-trail.ts'
import { measuredSecretHasher } from '../../src/measured/secret-hasher.ts'
import { measuredKeyRotator, measuredSigningKeyReads, setKeyGauges } from '../../src/measured/signing-keys.ts'
import { measuredTokenVerifier } from '../../src/measured/token-verifier.ts'
import { Metrics } from '../../src/metrics/metrics.ts'
import { movedBy } from '../metrics/moved.ts'
import { readExposition } from '../metrics/read-exposition.ts'

const fails = (error: unknown) => async (): Promise<never> => {
  throw error
}

/** Waits for `acting`, which must end with `error` if one is given: the very same one. */
const expectEnd = async (acting: Promise<unknown>, error: unknown): Promise<void> => {
  if (error === undefined) await acting
  else await expect(acting).rejects.toBe(error)
}

describe('measuredTokenVerifier', () => {
  const validated = (error: unknown): Promise<readonly string[]> =>
    movedBy(async ({ families }) => {
      const verify = error === undefined ? async () => ({}) as ValidToken : fails(error)
      await expectEnd(measuredTokenVerifier({ verify }, families, () => undefined).verify('token'), error)
    })

  it('counts and times a valid token', async () => {
    expect(await validated(undefined)).toEqual([
      'ac_token_validation_duration_seconds_count success 1',
      'ac_token_validations_total success none 1',
    ])
  })

  it.each([
    ['malformed', 'malformed'],
    ['unknown_key', 'signature'],
    ['bad_signature', 'signature'],
    ['wrong_issuer', 'claims'],
    ['wrong_audience', 'claims'],
    ['issued_in_the_future', 'claims'],
    ['expired', 'expired'],
    ['revoked', 'revoked'],
    ['unknown_client', 'client'],
    ['disabled_client', 'client'],
  ] satisfies [TokenRejectionReason, string][])('tells %s as %s', async (reason, category) => {
    expect(await validated(new TokenRejected(reason))).toEqual([
      'ac_token_validation_duration_seconds_count refused 1',
      `ac_token_validations_total refused ${category} 1`,
    ])
  })

  it.each([
    [new Unavailable('database'), 'database'],
    [new Overloaded('token states'), 'overloaded'],
    [new TypeError('nobody foresaw this'), 'other'],
  ])('tells a fault of ours: %s', async (error, category) => {
    expect(await validated(error)).toEqual([
      'ac_token_validation_duration_seconds_count failure 1',
      `ac_token_validations_total failure ${category} 1`,
    ])
  })

  it('keeps the trace as an exemplar', async () => {
    const metrics = new Metrics('1')
    const trace = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7' }
    const verifier = measuredTokenVerifier(
      { verify: () => Promise.resolve({} as ValidToken) },
      metrics.families,
      () => trace,
    )
    await verifier.verify('token')
    expect((await metrics.expose('application/openmetrics-text')).body).toContain(trace.traceId)
  })
})

describe('measuredKeyRotator', () => {
  it.each([
    [false, undefined, 'success false'],
    [true, undefined, 'success true'],
    [true, new RotationTooSoon(9, 'interval'), 'refused true'],
    [false, new Unavailable('database'), 'failure false'],
  ])('counts a rotation, forced %s, that ends with %s', async (forced, error, labels) => {
    const rotation = { newKeyId: keyId('a'), oldKeyId: undefined, oldKeyValidUntil: undefined }
    const moved = await movedBy(async ({ families }) => {
      const rotate = error ? fails(error) : () => Promise.resolve(rotation)
      await expectEnd(measuredKeyRotator({ rotate }, families).rotate({ forced, actor: 'x' }, NO_ORIGIN), error)
    })
    expect(moved).toEqual([`ac_key_rotation_total ${labels} 1`])
  })
})

describe('measuredSecretHasher', () => {
  it('times hashes and checks apart, those that fail too', async () => {
    const full = new Overloaded('argon2')
    const moved = await movedBy(async ({ families }) => {
      const hasher = { hash: () => Promise.resolve('hash'), verify: fails(full) }
      const measured = measuredSecretHasher(hasher, families)
      expect(await measured.hash(new Secret('x'))).toBe('hash')
      await expectEnd(measured.verify('hash', new Secret('x')), full)
      await expectEnd(measured.verify('hash', new Secret('x')), full)
    })
    expect(moved).toEqual(['ac_argon2_duration_seconds_count hash 1', 'ac_argon2_duration_seconds_count verify 2'])
  })
})

const event = (type: AuditEventType): AuditEvent => ({
  type,
  outcome: 'success',
  reason: undefined,
  occurredAt: new Date(),
  actor: undefined,
  target: undefined,
  origin: NO_ORIGIN,
})

describe('measuredAuditTrail', () => {
  const lost = (type: AuditEventType, error: unknown): Promise<readonly string[]> =>
    movedBy(({ families }) =>
      expectEnd(measuredAuditTrail({ record: fails(error) }, families).record(event(type)), error),
    )

  it.each([
    [new Overloaded('audit'), 'overloaded'],
    [new AuditWriteFailed('refused'), 'refused'],
    [new AuditWriteFailed('unreachable'), 'unreachable'],
    [new AuditWriteFailed('unanswered'), 'unanswered'],
    [new TypeError('nobody foresaw this'), 'other'],
  ])('counts an event that is lost by %s', async (error, reason) => {
    expect(await lost('token.issued', error)).toEqual([`ac_audit_log_failures_total token_issued ${reason} 1`])
  })

  it.each([
    ['token.refused', 'token_refused'],
    ['token.revoked', 'token_revoked'],
    ['tokens.revoked', 'token_revoked'],
    ['client.authentication_failed', 'client_authentication_failed'],
    ['client.authentication_throttled', 'client_authentication_failed'],
    ['client.created', 'client_changed'],
    ['client.secret_rotated', 'client_changed'],
    ['signing_key.rotated', 'signing_key_changed'],
    ['signing_key.rotation_refused', 'signing_key_changed'],
    ['admin.access_denied', 'access_denied'],
    ['audit.checkpoint', 'checkpoint'],
  ] satisfies [AuditEventType, string][])('names %s %s', async (type, label) => {
    expect(await lost(type, new AuditWriteFailed('refused'))).toEqual([
      `ac_audit_log_failures_total ${label} refused 1`,
    ])
  })

  it('counts nothing that is kept', async () => {
    const moved = await movedBy(({ families }) =>
      measuredAuditTrail({ record: () => Promise.resolve() }, families).record(event('token.issued')),
    )
    expect(moved).toEqual([])
  })
})

describe('measuredTransactions', () => {
  const audited = { result: 'changed', events: [event('signing_key.rotated'), event('signing_key.created')] }

  it('counts every event of a change that was not made for want of them', async () => {
    const error = new AuditWriteFailed('refused')
    const moved = await movedBy(async ({ families }) => {
      const run = async <T>(change: (transaction: undefined) => Promise<T>): Promise<never> => {
        await change(undefined)
        throw error
      }
      await expectEnd(
        measuredTransactions({ run }, families).run(() => Promise.resolve(audited)),
        error,
      )
    })
    expect(moved).toEqual(['ac_audit_log_failures_total signing_key_changed refused 2'])
  })

  it('counts none of a change that failed by itself, and none that was made', async () => {
    const error = new Unavailable('database')
    const moved = await movedBy(async ({ families }) => {
      const run = async <T>(change: (transaction: undefined) => Promise<{ readonly result: T }>): Promise<T> =>
        (await change(undefined)).result
      const measured = measuredTransactions({ run }, families)
      expect(await measured.run(() => Promise.resolve(audited))).toBe('changed')
      await expectEnd(measured.run(fails(error)), error)
    })
    expect(moved).toEqual([])
  })
})

describe('measuredSigningKeyReads', () => {
  it.each([
    [new Unavailable('database'), 'database'],
    [new SealedKeyRejected('altered'), 'signing_key'],
  ])('counts what keeps the keys from being followed: %s', async (error, category) => {
    const moved = await movedBy(({ families }) =>
      expectEnd(measuredSigningKeyReads({ read: fails(error) }, families).read(), error),
    )
    expect(moved).toEqual([`ac_errors_total background ${category} 1`])
  })
})

describe('setKeyGauges', () => {
  const NOW = Date.parse('2026-01-31T12:00:00Z')
  const key = (status: SigningKey['status'], activatedAt?: Date) => ({ status, activatedAt }) as SigningKey
  const signer = { kid: keyId('a'), sign: () => Promise.resolve(new Uint8Array()) }

  async function gauges(published: readonly SigningKey[], canSign: boolean): Promise<readonly number[]> {
    const metrics = new Metrics('1')
    const ring = { published: () => published, active: () => (canSign ? signer : undefined) }
    setKeyGauges(ring, metrics.families, () => NOW)
    const samples = readExposition((await metrics.expose()).body)
    return ['active_signing_keys', 'signing_key_age_seconds', 'key_rotation_last_success_timestamp_seconds'].map(
      (name) => samples.find((sample) => sample.name === `ac_${name}`)?.value ?? Number.NaN,
    )
  }

  it('tells the age of the active key and since when it signs', async () => {
    const since = new Date(NOW - 90_000)
    expect(await gauges([key('next'), key('active', since), key('retiring', new Date(0))], true)).toEqual([
      1,
      90,
      since.getTime() / 1000,
    ])
  })

  it('tells that this process cannot sign although a key is active', async () => {
    expect(await gauges([key('active', new Date(NOW))], false)).toEqual([0, 0, NOW / 1000])
  })

  it('is 0 without an active key', async () => {
    expect(await gauges([key('next')], false)).toEqual([0, 0, 0])
  })

  it('makes no key younger than nothing when the clocks differ', async () => {
    expect(await gauges([key('active', new Date(NOW + 5000))], true)).toEqual([1, 0, NOW / 1000 + 5])
  })
})
