import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { FaultProxy } from './fault-proxy.ts'

let echo: Server
let proxy: FaultProxy
let port: number
const sockets: Socket[] = []

beforeEach(async () => {
  echo = createServer((socket) => void socket.on('error', () => {}).pipe(socket))
  await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve))
  proxy = new FaultProxy((echo.address() as AddressInfo).port)
  port = await proxy.open()
})

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await proxy.close()
  echo.close()
})

async function client(): Promise<Socket> {
  const socket = connect(port, '127.0.0.1').setEncoding('utf8')
  sockets.push(socket)
  await once(socket, 'connect')
  return socket
}

const answer = async (socket: Socket, text: string, ms = 2000): Promise<string | undefined> => {
  socket.write(text)
  return Promise.race([once(socket, 'data').then(([data]) => String(data)), sleep(ms, undefined, { ref: false })])
}

describe('FaultProxy', () => {
  it('carries both ways', async () => {
    expect(await answer(await client(), 'hello')).toBe('hello')
  })

  it('silences open connections for ever and leaves new ones alone', async () => {
    const before = await client()
    await answer(before, 'x')
    proxy.silenceOpen()
    expect(await answer(before, 'lost', 200)).toBeUndefined()
    expect(await answer(await client(), 'new')).toBe('new')
    proxy.heal()
    expect(await answer(before, 'lost', 200)).toBeUndefined()
  })

  it('silences new connections too until it is healed', async () => {
    proxy.silenceAll()
    expect(await answer(await client(), 'lost', 200)).toBeUndefined()
    proxy.heal()
    expect(await answer(await client(), 'good')).toBe('good')
  })

  it('delays without changing the order', async () => {
    const socket = await client()
    await answer(socket, 'x')
    proxy.delay(100)
    const began = performance.now()
    socket.write('a')
    await sleep(10)
    socket.write('b')
    let text = ''
    socket.on('data', (data) => (text += String(data)))
    while (text.length < 2) await sleep(5)
    expect(text).toBe('ab')
    expect(performance.now() - began).toBeGreaterThan(190)
  })

  it('resets open connections', async () => {
    const socket = await client()
    await answer(socket, 'x')
    const failed = once(socket, 'error')
    proxy.resetOpen()
    expect((await failed)[0]).toMatchObject({ code: 'ECONNRESET' })
    expect(await answer(await client(), 'new')).toBe('new')
  })

  it('refuses until it is healed', async () => {
    proxy.refuse()
    const socket = connect(port, '127.0.0.1')
    expect((await once(socket, 'error'))[0]).toMatchObject({ code: 'ECONNRESET' })
    proxy.heal()
    expect(await answer(await client(), 'new')).toBe('new')
  })
})
