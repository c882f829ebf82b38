import { once } from 'node:events'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { useServiceDatabase } from './service-database.ts'
import { serviceEnvironment } from './service-environment.ts'
import { ServiceProcess } from './service-process.ts'

const database = useServiceDatabase()

let holder: Server
let port: number
beforeAll(async () => {
  holder = createServer().listen(0, '127.0.0.1')
  await once(holder, 'listening')
  port = (holder.address() as AddressInfo).port
})
afterAll(() => void holder.close())

describe.each(['AC_HTTP_PORT', 'AC_MANAGEMENT_PORT'])('a service whose %s is in use', (variable) => {
  it('says so in one sentence and ends with 1', async () => {
    const service = new ServiceProcess(serviceEnvironment(database().url, { [variable]: String(port) }))
    expect(await service.exited()).toBe(1)
    expect(service.stderr).toMatch(/^ac-service: the port is in use \(.*\)\n$/)
    expect(service.stderr).toContain(`127.0.0.1:${port}`)
  })
})
