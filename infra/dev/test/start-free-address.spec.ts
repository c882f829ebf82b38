import { describe, expect, it } from '@jest/globals'
import { freeAddress } from '../src/start/free-address.ts'

const at = (host: string, port?: string) =>
  freeAddress({ AC_HTTP_HOST: host, ...(port !== undefined && { AC_HTTP_PORT: port }) }, 'AC_HTTP', 0)

describe('freeAddress', () => {
  it('lets the system choose the port that is 0', async () => {
    const { port, url } = await at('127.0.0.1', '0')
    expect(Number(port)).toBeGreaterThan(0)
    expect(url).toBe(`http://127.0.0.1:${port}`)
  })

  it('takes the usual port when none is asked for', async () => {
    const { port } = await at('127.0.0.1', '0')
    expect(await freeAddress({ AC_HTTP_HOST: '127.0.0.1' }, 'AC_HTTP', Number(port))).toMatchObject({ port })
  })

  it('gives a URL that reaches a listener on all addresses', async () => {
    expect(new URL((await at('0.0.0.0')).url).hostname).toBe('127.0.0.1')
  })

  it('leaves what is no port for the service to refuse', async () => {
    for (const port of ['abc', '-1', '65536', '1e3']) expect(await at('127.0.0.1', port)).toMatchObject({ port })
  })

  it('names the variables of the listener that cannot be opened', async () => {
    await expect(at('192.0.2.1', '1')).rejects.toThrow(/AC_HTTP_HOST and AC_HTTP_PORT$/)
    await expect(freeAddress({ AC_MANAGEMENT_HOST: '192.0.2.1' }, 'AC_MANAGEMENT', 0)).rejects.toThrow(/AC_MANAGEMENT_/)
  })
})
