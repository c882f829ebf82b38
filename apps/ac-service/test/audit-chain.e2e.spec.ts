import { parsePosition, TrailVerifier, type ChainPosition, type VerificationRequest } from '@ac/audit'
import { HmacChainKey } from '@ac/crypto'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { eventually } from './eventually.ts'
import type { RegisteredClient } from './registered-client.ts'
import { startService, type RunningService } from './running-service.ts'
import { useServiceDatabase } from './service-database.ts'
import { HASH_SECRET } from './service-environment.ts'
import { requestToken } from './token-request.ts'

const database = useServiceDatabase()
let client: RegisteredClient
beforeAll(async () => {
  client = await database().register()
})

const verify = (request?: VerificationRequest) =>
  new TrailVerifier({ stored: database().storedTrail(), keys: [new HmacChainKey(HASH_SECRET)] }).verify(request)

const work = (service: RunningService) =>
  Promise.all(Array.from({ length: 50 }, () => requestToken(service.api, client)))

/** What the checkpoints of a process say in its log. */
const logged = ({ process }: RunningService): readonly ChainPosition[] =>
  process
    .log()
    .filter(({ msg }) => msg === 'audit checkpoint')
    .flatMap(({ position }) => parsePosition(String(position)) ?? [])

/** Whether a checkpoint of another chain names one of this writer. */
const isVouchedFor = async (writer: string): Promise<boolean> => {
  const rows = await database().query(
    `select from audit_events where type = 'audit.checkpoint' and reason = 'witnessed' and starts_with(target, $1)`,
    [writer],
  )
  return rows.length > 0
}

const writersOf = async (reason: string): Promise<readonly string[]> =>
  (
    await database().query<{ writer: string }>(
      `select writer from audit_events where type = 'audit.checkpoint' and reason = $1`,
      [reason],
    )
  ).map(({ writer }) => writer)

describe('the trail of a service', () => {
  it('is intact and complete when it has stopped, and its log names where each of its chains ends', async () => {
    const service = await startService(database().url)
    await work(service)
    await service.stop()
    const report = await verify({ logged: logged(service) })
    expect(report.findings).toEqual([])
    // The test itself registered the client, and goes on.
    expect(report.openChains).toBe(1)
    const ends = logged(service).map(({ writer }) => writer)
    expect(new Set(ends)).toEqual(new Set(await writersOf('stopped')))
  })

  it('goes on after a kill: the next process vouches for what the dead one left', async () => {
    const killed = await startService(database().url)
    await work(killed)
    const before = new Set(await writersOf('stopped'))
    await killed.process.kill()
    const dead = (await writersOf('started')).filter((writer) => !before.has(writer))
    const next = await startService(database().url)
    const [issuing] = await database().query<{ writer: string }>(
      `select writer from audit_events where type = 'token.issued' order by occurred_at desc limit 1`,
    )
    expect(dead).toContain(issuing?.writer)
    await eventually('the next process vouches for the dead one', async () =>
      (await isVouchedFor(issuing?.writer ?? '')) ? true : undefined,
    )
    await next.stop()
    expect((await verify()).findings).toEqual([])
  })

  it('of two that work at once is intact, and each is found complete', async () => {
    const services = await Promise.all([startService(database().url), startService(database().url)])
    await Promise.all(services.map(work))
    await Promise.all(services.map((service) => service.stop()))
    const report = await verify({ logged: services.flatMap(logged) })
    expect(report.findings).toEqual([])
  })

  it('lacks what somebody took out of it, which the log shows', async () => {
    const service = await startService(database().url)
    await work(service)
    await service.stop()
    const last = logged(service).at(-1)
    await database().query(`delete from audit_events where writer = $1`, [last?.writer])
    expect((await verify({ logged: logged(service) })).findings).toContainEqual(
      expect.objectContaining({ fault: 'missing', writer: last?.writer, last: last?.sequence }),
    )
  })
})
