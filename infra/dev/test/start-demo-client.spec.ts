import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { AcctlFailed } from '../src/start/acctl.ts'
import { demoClient } from '../src/start/demo-client.ts'

let folder: string
let commands: string[]
let made: number
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ac-start-client-'))
  commands = []
  made = 0
})
afterEach(() => rmSync(folder, { recursive: true }))

/** An acctl that registers anybody, and fails to show clients in the given way. */
const operate =
  (failure?: Error) =>
  (...args: string[]): Promise<string> => {
    const command = args.slice(0, 2).join(' ')
    commands.push(command)
    if (command === 'clients create') {
      made += 1
      return Promise.resolve(JSON.stringify({ client_id: `svc_${made}`, client_secret: `acs_${made}`, scope: '' }))
    }
    return failure ? Promise.reject(failure) : Promise.resolve('{}')
  }

describe('demoClient', () => {
  it('registers a client once and keeps its credentials in a private file', async () => {
    const first = await demoClient(folder, operate())
    expect(await demoClient(folder, operate())).toEqual(first)
    expect(commands).toEqual(['clients create', 'clients show'])
    expect(JSON.parse(readFileSync(join(folder, 'demo-client.json'), 'utf8'))).toEqual(first)
    expect(statSync(join(folder, 'demo-client.json')).mode & 0o777).toBe(0o600)
  })

  it('registers another one when the database does not know the kept one', async () => {
    await demoClient(folder, operate())
    const unknown = new AcctlFailed('unknown_client', 'no client of that id is registered', 1)
    expect(await demoClient(folder, operate(unknown))).toMatchObject({ client_id: 'svc_2' })
  })

  it.each(['', '{"client_id": "svc_', '{"client_id": "svc_1"}', '[]'])(
    'registers another one when the file holds %j',
    async (content) => {
      writeFileSync(join(folder, 'demo-client.json'), content)
      expect(await demoClient(folder, operate())).toMatchObject({ client_id: 'svc_1' })
    },
  )

  it('registers none when the database fails to answer', async () => {
    await demoClient(folder, operate())
    const failure = new AcctlFailed('unavailable', 'the database does not answer', 1)
    await expect(demoClient(folder, operate(failure))).rejects.toBe(failure)
    expect(made).toBe(1)
  })
})
