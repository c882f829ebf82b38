import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { DatabaseGate } from './database-gate.ts'
import { eventually } from './eventually.ts'
import { whenListening } from './running-service.ts'
import { useServiceDatabase } from './service-database.ts'
import { serviceEnvironment } from './service-environment.ts'
import { ServiceProcess } from './service-process.ts'
import { get, requestToken } from './token-request.ts'

const AWAY = 'the database does not answer; trying again'
const NOT_MIGRATED = 'the database is not migrated yet (acctl migrate); trying again'
const READY = 'the database is ready'

describe('a service that starts before its database', () => {
  const database = useServiceDatabase({ migrated: false })
  let gate: DatabaseGate
  let service: ServiceProcess

  beforeAll(async () => {
    gate = await DatabaseGate.before(database().url, 'shut')
    service = new ServiceProcess(serviceEnvironment(gate.url))
  })
  afterAll(async () => {
    await service.kill()
    gate.close()
  })

  const management = async () => `http://127.0.0.1:${String((await service.logged('management is listening'))['port'])}`
  const complaints = () =>
    service
      .log()
      .filter(({ level }) => level === 'warn')
      .map(({ msg }) => msg)

  it('stays up, alive but not ready', async () => {
    expect((await get(`${await management()}/health`)).status).toBe(200)
    const { status, json } = await get(`${await management()}/ready`)
    expect({ status, json }).toEqual({
      status: 503,
      json: {
        status: 'not_ready',
        database: 'unavailable',
        signing_key: 'unavailable',
        clock: 'ok',
        shutting_down: false,
      },
    })
  })

  it('goes on trying, and says so once', async () => {
    await eventually('it has tried three times', () => gate.attempts >= 3)
    expect(complaints()).toEqual([AWAY])
    expect(service.running).toBe(true)
  })

  it('says once that the database is there but not migrated, and makes no table itself', async () => {
    gate.turn('open')
    await service.logged(NOT_MIGRATED)
    const looks = new Set<string>()
    await eventually('it has looked twice', async () => {
      const [session] = await database().query<{ query_start: Date }>(
        `select query_start from pg_stat_activity where application_name = 'ac-service' and datname = current_database()`,
      )
      if (session) looks.add(session.query_start.toISOString())
      return looks.size >= 2
    })
    expect(complaints()).toEqual([AWAY, NOT_MIGRATED])
    expect(await database().dump()).toBe('')
    expect((await get(`${await management()}/ready`)).status).toBe(503)
  })

  it('goes on by itself when the database is migrated', async () => {
    await database().migrate()
    const { api, management: url } = await whenListening(service)
    expect((await get(`${url}/ready`)).json['status']).toBe('ready')
    expect((await requestToken(api, await database().register())).status).toBe(200)
    expect(service.log().filter(({ msg }) => msg === READY)).toHaveLength(1)
    expect(complaints()).toEqual([AWAY, NOT_MIGRATED])
  })
})
