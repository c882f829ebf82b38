import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { RecordingLog } from '@ac/kernel/testing'
import { afterEach, describe, expect, it } from '@jest/globals'
import { eventually } from '../../test/eventually.ts'
import { runSql } from '../../test/run-sql.ts'
import { settingsFor } from '../../test/settings.ts'
import { useOwnServer } from '../../test/use-own-server.ts'
import { NotificationListener } from './notification-listener.ts'

const server = useOwnServer()
const listeners: NotificationListener[] = []

afterEach(async () => {
  server.thaw()
  await Promise.all(listeners.splice(0).map((listener) => listener.stop()))
})

/** A listener that is up, and how often it has heard something since. */
async function listening(applicationName = 'listening') {
  const settings = settingsFor(server.url(), { acquireTimeoutMs: 500, statementTimeoutMs: 500, applicationName })
  const options = { channel: 'news', backOffMs: () => 50, keepAliveMs: 100 }
  const listener = new NotificationListener(settings, options, new RecordingLog())
  listeners.push(listener)
  let count = 0
  listener.start(() => count++)
  await eventually(() => count > 0)
  count = 0
  return { listener, heard: () => count, forget: () => (count = 0) }
}

const asSuperuser = (text: string) => runSql(server.url(), text)

const backends = async (name = 'listening'): Promise<readonly number[]> => {
  const rows = await asSuperuser(`select pid from pg_stat_activity where application_name = '${name} listener'`)
  return rows.map(({ pid }) => Number(pid))
}

describe('NotificationListener', () => {
  it('hears what another session tells on its channel when that commits, and nothing else', async () => {
    const { heard } = await listening()
    await asSuperuser(`begin; notify news; rollback; notify other; begin; notify news; notify news; commit`)
    await asSuperuser(`notify news, 'with words'`)
    await eventually(() => heard() >= 2)
    expect(heard()).toBe(2)
  })

  it('comes back when the server ends its connection, counts that as a message, and goes on hearing', async () => {
    const { heard, forget } = await listening()
    for (let time = 1; time <= 3; time++) {
      await asSuperuser(`select pg_terminate_backend(${(await backends()).join()})`)
      await eventually(() => heard() === 1)
      await asSuperuser('notify news')
      await eventually(() => heard() === 2)
      forget()
    }
    expect(await backends()).toHaveLength(1)
  })

  it('comes back after a crash of the server', async () => {
    const { heard } = await listening()
    await server.kill()
    await server.restart()
    await eventually(() => heard() === 1)
    expect(await backends()).toHaveLength(1)
  })

  it('notices a connection that leads nowhere any more, and comes back when there is a server again', async () => {
    const { heard } = await listening()
    const pids = await backends()
    server.freeze(pids)
    // Longer than the connection stays unasked and the question unanswered.
    await new Promise((resolve) => setTimeout(resolve, 1500))
    expect(heard()).toBe(0)
    server.thaw()
    await eventually(() => heard() === 1)
    expect(await backends()).not.toEqual(pids)
  })

  it('waits for a server that is not there when it starts', async () => {
    await server.kill()
    const up = listening()
    await server.restart()
    await up
    expect(await backends()).toHaveLength(1)
  })
})

describe('a NotificationListener that is stopped', () => {
  it('hears nothing any more and leaves no connection', async () => {
    const { listener, heard } = await listening('ending')
    await listener.stop()
    await asSuperuser('notify news')
    await eventually(async () => (await backends('ending')).length === 0)
    expect(heard()).toBe(0)
  })

  it('ends while the server does not answer', async () => {
    const { listener } = await listening('frozen')
    server.freeze(await backends('frozen'))
    await expect(listener.stop()).resolves.toBeUndefined()
  })

  it('ends while a server lets it connect and says nothing', async () => {
    const silent = createServer().listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const { port } = silent.address() as AddressInfo
    const settings = settingsFor(`postgresql://u@127.0.0.1:${port}/d`, { acquireTimeoutMs: 60_000 })
    const listener = new NotificationListener(settings, { channel: 'news', backOffMs: () => 1 }, new RecordingLog())
    listener.start(() => undefined)
    const [socket] = (await once(silent, 'connection')) as [Socket]
    await listener.stop()
    socket.destroy()
    silent.close()
    expect(socket.destroyed).toBe(true)
  })

  it('ends while it waits for a server', async () => {
    const { listener } = await listening('waiting')
    await server.kill()
    await listener.stop()
    await server.restart()
    expect(await backends('waiting')).toEqual([])
  })

  it('may be stopped before it is started', async () => {
    const settings = settingsFor(server.url(), { applicationName: 'never' })
    const listener = new NotificationListener(settings, { channel: 'news', backOffMs: () => 1 }, new RecordingLog())
    await listener.stop()
    listener.start(() => undefined)
    await listener.stop()
    expect(await backends('never')).toEqual([])
  })
})
