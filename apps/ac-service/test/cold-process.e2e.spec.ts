import { fileURLToPath } from 'node:url'
import { describe, expect, it } from '@jest/globals'
import { insertClientsWithoutHashes } from './many-clients.ts'
import { startService } from './running-service.ts'
import { useServiceDatabase } from './service-database.ts'
import { requestToken } from './token-request.ts'

const WITHOUT_ARGON2 = ['--import', fileURLToPath(new URL('./argon2-kills.mjs', import.meta.url))]
const CLIENTS = 1000
const CONNECTIONS = 64

const database = useServiceDatabase()

describe('a process that has just started', () => {
  it('gives 1,000 clients their tokens at once without argon2, and refuses others without it, too', async () => {
    const clients = [...(await insertClientsWithoutHashes(database(), CLIENTS))]
    const [one, other] = [await database().register(), await database().register()]
    const service = await startService(database().url, {}, WITHOUT_ARGON2)
    const statuses: number[] = []
    const connection = async () => {
      for (let client = clients.pop(); client; client = clients.pop()) {
        statuses.push((await requestToken(service.api, client)).status)
      }
    }
    await Promise.all(Array.from({ length: CONNECTIONS }, connection))
    expect(statuses.filter((status) => status === 200)).toHaveLength(CLIENTS)
    for (const id of [one.id, 'svc_0000000000000000000000']) {
      expect((await requestToken(service.api, { id, secret: other.secret })).status).toBe(401)
    }
    await service.stop()
  })

  it('would have ended if it had called argon2', async () => {
    const client = await database().register()
    const changes = { AC_HASH_SECRET: Buffer.alloc(32, 'n').toString('base64') }
    const service = await startService(database().url, changes, WITHOUT_ARGON2)
    await expect(requestToken(service.api, client)).rejects.toThrow()
    expect(await service.process.exited()).toBe(99)
  })
})
