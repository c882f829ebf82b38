import { once } from 'node:events'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { OtlpReceiver } from './otlp-receiver.ts'
import { startService } from './running-service.ts'
import { useServiceDatabase } from './service-database.ts'
import { requestToken } from './token-request.ts'

const database = useServiceDatabase()

const WARNING = 'cannot send traces; those that do not fit in the queue are lost'

/** A collector that takes connections and says nothing. */
let silent: Server
const connections = new Set<Socket>()
beforeAll(async () => {
  silent = createServer((socket) => connections.add(socket)).listen(0, '127.0.0.1')
  await once(silent, 'listening')
})
afterAll(() => {
  for (const socket of connections) socket.destroy()
  silent.close()
})

const tracedBy = (endpoint: string) => ({
  OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
  OTEL_EXPORTER_OTLP_TIMEOUT: '200',
  OTEL_BSP_SCHEDULE_DELAY: '20',
  OTEL_BSP_MAX_QUEUE_SIZE: '8',
})

describe('a service whose collector', () => {
  it('never answers serves on, says so once, and ends in time', async () => {
    const endpoint = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`
    const service = await startService(database().url, tracedBy(endpoint))
    const client = await database().register()
    for (let count = 0; count < 40; count++) {
      expect((await requestToken(service.api, client)).status).toBe(200)
    }
    await service.process.logged(WARNING)
    const begin = performance.now()
    await service.stop()
    expect(performance.now() - begin).toBeLessThan(10_000)
    expect(service.process.log().filter(({ msg }) => msg === WARNING)).toHaveLength(1)
    expect(service.process.output).not.toContain('127.0.0.1')
    expect(service.process.stderr).toBe('')
  })

  it('fails and comes back says that too, and gets the spans that come then', async () => {
    const receiver = new OtlpReceiver()
    receiver.status = 400
    await receiver.start()
    const service = await startService(database().url, tracedBy(receiver.endpoint))
    const client = await database().register()
    await requestToken(service.api, client)
    await service.process.logged(WARNING)
    receiver.status = 200
    await requestToken(service.api, client)
    await service.process.logged('traces are sent again')
    await service.stop()
    expect(receiver.spans().length).toBeGreaterThan(0)
    await receiver.stop()
  })

  it('is slow to be told gets what waits when the service ends', async () => {
    const receiver = new OtlpReceiver()
    await receiver.start()
    const service = await startService(database().url, {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint,
      OTEL_BSP_SCHEDULE_DELAY: '60000',
    })
    await requestToken(service.api, await database().register())
    expect(receiver.requests).toBe(0)
    await service.stop()
    expect(receiver.spans().map(({ name }) => name)).toContain('ac.token.issue')
    await receiver.stop()
  })
})

describe('a service without a collector', () => {
  it.each([
    ['no endpoint', {}],
    ['the exporter none', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9', OTEL_TRACES_EXPORTER: 'none' }],
  ])('traces nothing with %s', async (_case, changes) => {
    const service = await startService(database().url, changes)
    const { headers } = await requestToken(service.api, await database().register())
    expect(headers.get('traceresponse')).toBeNull()
    await service.stop()
    expect(service.process.log().filter(({ level }) => level === 'warn')).toEqual([])
  })
})
