import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { clientAddressReader } from './client-address.ts'

const PROXIES = ['10.0.0.0/8', '192.0.2.7', '2001:db8:1::/48']

/** Where a request is said to come from that came from `peer` with that header. */
function seen(peer: string, forwarded?: string | string[], proxies: readonly string[] = PROXIES): string {
  const request = { socket: { remoteAddress: peer }, headers: { 'x-forwarded-for': forwarded } }
  return clientAddressReader(proxies)(request as unknown as IncomingMessage)
}

describe('the address of a client', () => {
  it('is that of its connection when no proxy is trusted, whatever it claims', () => {
    expect(seen('10.0.0.1', '198.51.100.1', [])).toBe('10.0.0.1')
  })

  it('is that of its connection when it is no trusted proxy', () => {
    for (const peer of ['203.0.113.9', '192.0.2.8', '2001:db8:2::1']) {
      expect(seen(peer, '198.51.100.1')).toBe(peer)
    }
  })

  it.each([
    ['one hop', '198.51.100.1', '198.51.100.1'],
    ['what the client made up before it', '1.1.1.1, 2.2.2.2, 198.51.100.1', '198.51.100.1'],
    ['a trusted address that the client made up', '10.0.0.9, 198.51.100.1', '198.51.100.1'],
    ['several proxies', '198.51.100.1, 10.1.2.3, 192.0.2.7', '198.51.100.1'],
    ['an IPv6 proxy', '198.51.100.1, 2001:db8:1:2::3', '198.51.100.1'],
    ['no blanks', '1.1.1.1,198.51.100.1', '198.51.100.1'],
    ['many blanks', ' 1.1.1.1 ,\t198.51.100.1 ', '198.51.100.1'],
    ['a port', '198.51.100.1:54321', '198.51.100.1'],
    ['an IPv6 address', '2001:db8:9::1', '2001:db8:9::1'],
    ['an IPv6 address in brackets', '[2001:db8:9::1]', '2001:db8:9::1'],
    ['an IPv6 address and a port', '[2001:db8:9::1]:443', '2001:db8:9::1'],
    ['a mapped IPv4 address', '::ffff:198.51.100.1', '198.51.100.1'],
    ['a mapped IPv4 address of a proxy', '198.51.100.1, ::ffff:10.0.0.2', '198.51.100.1'],
  ])('is the last that is no trusted proxy, with %s', (_, forwarded, address) => {
    expect(seen('10.0.0.1', forwarded)).toBe(address)
  })

  it('is found through several headers, in their order', () => {
    expect(seen('10.0.0.1', ['1.1.1.1', '198.51.100.1, 10.0.0.2'])).toBe('198.51.100.1')
  })

  it('is that of the proxy when nothing was forwarded', () => {
    expect(seen('10.0.0.1')).toBe('10.0.0.1')
  })

  it('is that of the first proxy when all are trusted', () => {
    expect(seen('10.0.0.1', '10.0.0.3, 10.0.0.2')).toBe('10.0.0.3')
  })

  it.each([
    'garbage',
    '',
    '198.51.100.1.2',
    '256.1.1.1',
    '198.51.100.1:',
    'unknown',
    '_hidden',
    '[198.51.100',
    '[::1]x',
  ])('is that of the proxy that wrote what is no address: %j', (element) => {
    expect(seen('10.0.0.1', `198.51.100.1, ${element}`)).toBe('10.0.0.1')
    expect(seen('10.0.0.1', `198.51.100.1, ${element}, 10.0.0.5`)).toBe('10.0.0.5')
  })

  it('counts a dual-stack listener\u2019s name of a proxy as that proxy', () => {
    expect(seen('::ffff:10.0.0.1', '198.51.100.1')).toBe('198.51.100.1')
  })

  it('is no address when the connection is gone already, and never an error', () => {
    const request = { socket: {}, headers: { 'x-forwarded-for': '198.51.100.1' } } as unknown as IncomingMessage
    expect(clientAddressReader(PROXIES)(request)).toBe('')
  })

  it('never comes from before an element that an untrusted hop wrote', () => {
    const hop = fc.oneof(fc.ipV4(), fc.ipV6(), fc.string(), fc.constantFrom('10.0.0.2', '192.0.2.7'))
    fc.assert(
      fc.property(fc.array(hop, { maxLength: 6 }), (made) => {
        const forwarded = [...made.map((text) => text.replaceAll(',', '')), '203.0.113.9'].join(', ')
        return seen('10.0.0.1', forwarded) === '203.0.113.9'
      }),
    )
  })
})
