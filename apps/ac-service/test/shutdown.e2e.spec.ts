import { describe, expect, it } from '@jest/globals'
import { DatabaseGate } from './database-gate.ts'
import { eventually } from './eventually.ts'
import { RawConnection } from './raw-connection.ts'
import { startService, type RunningService } from './running-service.ts'
import { useServiceDatabase } from './service-database.ts'
import { serviceEnvironment } from './service-environment.ts'
import { ServiceProcess } from './service-process.ts'
import { get, requestToken, type ReadAnswer } from './token-request.ts'

const database = useServiceDatabase()

const STOPPING = 'stopping: not ready any more, serving what still comes'

/** The answer to a token request that is under way from before `act` begins until after it is over. */
async function answerInFlight(service: RunningService, act: () => Promise<void>): Promise<ReadAnswer> {
  const client = await database().register()
  // In an array, or leaving the lock would wait for the answer.
  const [answer] = await database().whileLocked('client_secrets', async () => {
    const request = requestToken(service.api, client)
    request.catch(() => undefined)
    await eventually('the request waits for the database', async () => (await database().waiting()) > 0)
    await act()
    return [request] as const
  })
  return answer
}

describe('a service that is told to stop', () => {
  it('ends with 0, and says so last', async () => {
    const service = await startService(database().url)
    await get(`${service.api}/.well-known/jwks.json`)
    service.process.signal('SIGTERM')
    expect(await service.process.exited()).toBe(0)
    expect(service.process.log().at(-1)?.msg).toBe('stopped')
    expect(service.process.stderr).toBe('')
  })

  it('finishes what is in flight, whatever further signals come', async () => {
    const service = await startService(database().url)
    const answer = await answerInFlight(service, async () => {
      service.process.signal('SIGTERM')
      await service.process.logged(STOPPING)
      service.process.signal('SIGTERM')
      service.process.signal('SIGINT')
    })
    expect(answer.status).toBe(200)
    expect(await service.process.exited()).toBe(0)
    expect(service.process.log().filter(({ msg }) => msg === STOPPING)).toHaveLength(1)
  })

  it('serves on during the delay, not ready, and asks each client to connect anew', async () => {
    const service = await startService(database().url, { AC_SHUTDOWN_DELAY_MS: '2500' })
    const client = await database().register()
    const connection = await RawConnection.open(service.apiPort)
    const request = 'GET /.well-known/jwks.json HTTP/1.1\r\nHost: ac.test\r\n\r\n'
    connection.send(request)
    expect((await connection.answer()).headers['connection']).toBe('keep-alive')
    service.process.signal('SIGTERM')
    await service.process.logged(STOPPING)
    connection.send(request)
    expect((await connection.answer()).headers['connection']).toBe('close')
    expect((await requestToken(service.api, client)).status).toBe(200)
    const { status, json } = await get(`${service.management}/ready`)
    expect({ status, json }).toMatchObject({ status: 503, json: { status: 'not_ready', shutting_down: true } })
    expect((await get(`${service.management}/health`)).status).toBe(200)
    expect(await service.process.exited()).toBe(0)
    connection.destroy()
  })

  it('is not kept by connections that are idle, that said nothing yet, or that stopped in the middle', async () => {
    const service = await startService(database().url)
    const connections = await Promise.all(Array.from({ length: 30 }, () => RawConnection.open(service.apiPort)))
    const idle = connections.slice(0, 10)
    for (const connection of idle) connection.send('GET /nowhere HTTP/1.1\r\nHost: ac.test\r\n\r\n')
    for (const connection of connections.slice(10, 20)) connection.send('GET /nowhere HTTP/1.1\r\nHost')
    await Promise.all(idle.map((connection) => connection.answer()))
    service.process.signal('SIGINT')
    expect(await service.process.exited()).toBe(0)
    for (const connection of connections) connection.destroy()
  })

  it('ends with 1, and says so, when what is in flight takes longer than it may', async () => {
    const service = await startService(database().url, { AC_SHUTDOWN_TIMEOUT_MS: '300' })
    const cutOff = answerInFlight(service, async () => {
      service.process.signal('SIGTERM')
      expect(await service.process.exited()).toBe(1)
    })
    await expect(cutOff).rejects.toThrow()
    expect(service.process.stderr).toBe('ac-service: not stopped within 300 ms, cut off\n')
  })
})

describe('a service that is told to stop while it starts', () => {
  // The limit is the assertion: a process that needs longer is cut off and ends with 1.
  const LIMIT = { AC_SHUTDOWN_TIMEOUT_MS: '5000', AC_SHUTDOWN_DELAY_MS: '4900' }

  it.each(['shut', 'silent'] as const)('ends with 0 while the database is %s', async (state) => {
    const gate = await DatabaseGate.before(database().url, state)
    const service = new ServiceProcess(serviceEnvironment(gate.url, LIMIT))
    await eventually('it asks for the database', () => gate.attempts > 0)
    service.signal('SIGTERM')
    expect(await service.exited()).toBe(0)
    expect(service.stderr).toBe('')
    gate.close()
  })

  it('ends with 0, and opens no port any more, when the database answers after all', async () => {
    const service = new ServiceProcess(serviceEnvironment(database().url, LIMIT))
    await database().whileLocked('schema_migrations', async () => {
      await eventually('it waits for the database', async () => (await database().waiting()) > 0)
      service.signal('SIGTERM')
    })
    expect(await service.exited()).toBe(0)
    expect(service.log().map(({ msg }) => msg)).not.toContain('listening')
  })
})
