import { beforeAll, describe, expect, it } from '@jest/globals'
import { setInterval } from 'node:timers'
import { eventually } from './eventually.ts'
import { RawConnection } from './raw-connection.ts'
import { MARKER, rawRequest } from './raw-request.ts'
import type { RegisteredClient } from './registered-client.ts'
import { useService } from './running-service.ts'
import { useServiceDatabase } from './service-database.ts'
import { expectError, watchForEchoes } from './strict-exchange.ts'
import { requestToken } from './token-request.ts'

const database = useServiceDatabase()
const service = useService(() => database().url, {
  AC_HTTP_REQUEST_TIMEOUT_MS: '500',
  AC_DB_ACQUIRE_TIMEOUT_MS: '100',
  AC_DB_STATEMENT_TIMEOUT_MS: '300',
})

let client: RegisteredClient
beforeAll(async () => {
  client = await database().register()
})

watchForEchoes(service)

const whole = rawRequest()
const bodyStart = whole.indexOf('\r\n\r\n') + 4

describe('a sender that does not come to an end', () => {
  it.each([
    ['of its headers', whole.slice(0, bodyStart - 4)],
    ['of its first line', whole.slice(0, 10)],
    ['of its silence', ''],
    ['of its body', whole.slice(0, -5)],
    ['of its body, of which nothing came', whole.slice(0, bodyStart)],
    ['of its chunks', rawRequest({ framing: ['Transfer-Encoding: chunked'], body: `5\r\n${MARKER.slice(0, 5)}\r\n` })],
  ])('%s is told so and cut off', async (_case, part) => {
    const connection = await RawConnection.open(service().apiPort)
    connection.send(part)
    expectError(await connection.answer(), { status: 408, error: 'invalid_request' })
    await eventually('the connection ends', () => connection.ended)
    expect(connection.received).not.toContain(MARKER)
    connection.destroy()
  })

  it('is cut off even if it sends a little all the time', async () => {
    const connection = await RawConnection.open(service().apiPort)
    connection.send(whole.slice(0, bodyStart - 2))
    const drip = setInterval(() => connection.send('X-A: b\r\n'), 50)
    try {
      expectError(await connection.answer(), { status: 408, error: 'invalid_request' })
      await eventually('the connection ends', () => connection.ended)
    } finally {
      clearInterval(drip)
      connection.destroy()
    }
  })

  it('keeps nobody else waiting', async () => {
    const slow = await Promise.all(Array.from({ length: 300 }, () => RawConnection.open(service().apiPort)))
    for (const connection of slow) connection.send(whole.slice(0, -5))
    expect((await requestToken(service().api, client)).status).toBe(200)
    await eventually('all connections end', () => slow.every(({ ended }) => ended))
    for (const connection of slow) connection.destroy()
    expect(
      service()
        .process.log()
        .filter(({ level }) => level === 'error'),
    ).toEqual([])
  })
})
