import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { RegisteredClient } from './registered-client.ts'
import { startService, useService, type RunningService } from './running-service.ts'
import { useServiceDatabase } from './service-database.ts'
import { post, requestToken, type ReadAnswer } from './token-request.ts'

/** Five failures in 900 seconds: what holds where nothing is set. */
const LIMITS = { AC_RATE_LIMIT_MAX_FAILURES: '' }
const WINDOW_SECONDS = 900

const database = useServiceDatabase()
let nextId = 0

/** An id of the right form that no other test fails for, and that is nobody's. */
const unknownId = (): string => `svc_${String(nextId++).padStart(22, '0')}`

const guess = (service: RunningService, id: string, headers: Record<string, string> = {}): Promise<ReadAnswer> =>
  requestToken(service.api, { id, secret: 'wrong' }, { headers })

async function guesses(service: RunningService, id: string, times: number, headers: Record<string, string> = {}) {
  const answers: ReadAnswer[] = []
  for (let time = 0; time < times; time++) answers.push(await guess(service, id, headers))
  return answers
}

const statuses = (answers: readonly ReadAnswer[]) => answers.map(({ status }) => status)

const throttlings = (target: string) =>
  database().query<{ outcome: string; reason: string }>(
    `select outcome, reason from audit_events where type = 'client.authentication_throttled' and target = $1`,
    [target],
  )

describe('whoever guesses at secrets', () => {
  const service = useService(() => database().url, LIMITS)

  it('is told 401 five times and then to go away, for how long, and nothing else', async () => {
    const { id } = await database().register()
    const answers = await guesses(service(), id, 8)
    expect(statuses(answers)).toEqual([401, 401, 401, 401, 401, 429, 429, 429])
    for (const { json, headers } of answers.slice(5)) {
      expect(json).toEqual({
        error: 'temporarily_unavailable',
        error_description: 'too many failed authentications',
      })
      expect(headers.get('retry-after')).toMatch(/^\d+$/)
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(WINDOW_SECONDS - 60)
      expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(WINDOW_SECONDS)
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.has('www-authenticate')).toBe(false)
    }
  })

  it('learns nothing of whether there is such a client', async () => {
    const { id } = await database().register()
    const [real, nobody] = [await guesses(service(), id, 7), await guesses(service(), unknownId(), 7)]
    const visible = ({ status, text, headers }: ReadAnswer) => ({
      status,
      text,
      names: [...headers.keys()].toSorted(),
    })
    expect(nobody.map(visible)).toEqual(real.map(visible))
  })

  it('locks nobody out: the right secret works, from the same address, however often it failed before', async () => {
    const client = await database().register()
    await guesses(service(), client.id, 20)
    expect((await requestToken(service().api, client)).status).toBe(200)
    expect((await guess(service(), client.id)).status).toBe(429)
    expect((await requestToken(service().api, client)).status).toBe(200)
  })

  it('is not helped by the other way to present a secret', async () => {
    const id = unknownId()
    await guesses(service(), id, 5)
    const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: id, client_secret: 'x' })
    expect((await post(service().api, form)).status).toBe(429)
  })

  it('is not helped by guessing at once', async () => {
    const id = unknownId()
    const answers = await Promise.all(Array.from({ length: 40 }, () => guess(service(), id)))
    expect(statuses(answers).filter((status) => status === 401)).toHaveLength(5)
    expect(statuses(answers).filter((status) => status === 429)).toHaveLength(35)
  })

  it('leaves an event for each failure, and one more for each that was throttled', async () => {
    const { id } = await database().register()
    await guesses(service(), id, 7)
    const failed = await database().query(
      `select from audit_events where type = 'client.authentication_failed' and target = $1`,
      [id],
    )
    expect(failed).toHaveLength(7)
    expect(await throttlings(id)).toEqual(
      Array.from({ length: 2 }, () => ({ outcome: 'failure', reason: 'wrong_secret' })),
    )
  })

  it('leaves neither ids nor addresses in the counts', async () => {
    const rows = await database().query<{ key: string }>('select key from failed_authentications')
    expect(rows.length).toBeGreaterThan(0)
    for (const { key } of rows) expect(key).toMatch(/^h:[0-9a-f]{16}$/)
  })

  it('is not helped by an X-Forwarded-For of its own making', async () => {
    const id = unknownId()
    const answers = []
    for (let hop = 0; hop < 7; hop++) answers.push(await guess(service(), id, { 'x-forwarded-for': `198.51.${hop}.1` }))
    expect(statuses(answers)).toEqual([401, 401, 401, 401, 401, 429, 429])
  })

  it('is throttled for all ids of its network when it has failed a hundred times', async () => {
    const client = await database().register()
    const answers = await Promise.all(Array.from({ length: 110 }, () => guess(service(), unknownId())))
    expect(statuses(answers)).toContain(429)
    expect(await guess(service(), unknownId())).toMatchObject({ status: 429 })
    expect((await requestToken(service().api, client)).status).toBe(200)
  })
})

describe('whoever guesses through a trusted proxy', () => {
  const service = useService(() => database().url, { ...LIMITS, AC_TRUSTED_PROXIES: '127.0.0.1,10.0.0.0/8' })
  const through = (forwarded: string) => ({ 'x-forwarded-for': forwarded })

  it('is counted by its own network', async () => {
    const id = unknownId()
    expect(statuses(await guesses(service(), id, 6, through('198.51.100.1')))).toEqual([401, 401, 401, 401, 401, 429])
    expect((await guess(service(), id, through('203.0.113.1'))).status).toBe(401)
  })

  it.each([
    ['another address of its /24', (hop: number) => `198.51.101.${hop + 1}`],
    ['made-up hops before its own', (hop: number) => `203.0.${hop}.1, 198.51.102.1`],
    ['made-up trusted hops', (hop: number) => `10.0.0.${hop}, 198.51.103.1, 10.0.0.1`],
    ['another port', (hop: number) => `198.51.104.1:${5000 + hop}`],
    ['another address of its /48', (hop: number) => `[2001:db8:5:${hop}::1]:443`],
    ['what a proxy wrote that is no address', (hop: number) => `203.0.${hop}.1, garbage-${hop}, 10.0.9.1`],
  ])('is not helped by %s', async (_case, forwarded) => {
    const id = unknownId()
    const answers = []
    for (let hop = 0; hop < 6; hop++) answers.push(await guess(service(), id, through(forwarded(hop))))
    expect(statuses(answers)).toEqual([401, 401, 401, 401, 401, 429])
  })
})

describe('whoever guesses at two replicas', () => {
  let one: RunningService
  let other: RunningService
  beforeAll(async () => {
    ;[one, other] = await Promise.all([startService(database().url, LIMITS), startService(database().url, LIMITS)])
  })
  afterAll(() => Promise.all([one.stop(), other.stop()]))

  it('is counted by both together', async () => {
    await database().query('truncate failed_authentications')
    const client: RegisteredClient = await database().register()
    expect(statuses([...(await guesses(one, client.id, 3)), ...(await guesses(other, client.id, 2))])).toEqual(
      Array.from({ length: 5 }, () => 401),
    )
    expect(statuses([await guess(one, client.id), await guess(other, client.id)])).toEqual([429, 429])
    expect(statuses(await Promise.all([requestToken(one.api, client), requestToken(other.api, client)]))).toEqual([
      200, 200,
    ])
  })

  it('is counted by each alone while the counts cannot be reached, and no client suffers', async () => {
    const client = await database().register()
    await database().query('alter table failed_authentications rename to elsewhere')
    try {
      const answers = await guesses(one, client.id, 7)
      expect(statuses(answers)).toEqual([401, 401, 401, 401, 401, 429, 429])
      expect((await requestToken(one.api, client)).status).toBe(200)
    } finally {
      await database().query('alter table elsewhere rename to failed_authentications')
    }
    const told = one.process.log().filter(({ level }) => level === 'warn' || level === 'error')
    expect(told.map(({ msg }) => msg)).toEqual(['failed authentications are counted by this process alone for now'])
  })
})
