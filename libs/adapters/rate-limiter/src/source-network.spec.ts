import { describe, expect, it } from '@jest/globals'
import { sourceNetwork } from './source-network.ts'

describe('sourceNetwork', () => {
  it.each([
    ['192.0.2.77', '192.0.2.0/24'],
    ['192.0.2.255', '192.0.2.0/24'],
    ['192.0.3.77', '192.0.3.0/24'],
    ['::ffff:192.0.2.77', '192.0.2.0/24'],
    ['2001:db8:aa:1::7', '2001:db8:aa::/48'],
    ['2001:0db8:00AA:ffff:1:2:3:4', '2001:db8:aa::/48'],
    ['2001:db8::1', '2001:db8:0::/48'],
    ['::1', '0:0:0::/48'],
    ['fe80::1%eth0', 'fe80:0:0::/48'],
    ['64:ff9b::192.0.2.1', '64:ff9b:0::/48'],
    ['no address', 'no address'],
  ])('puts %s into %s', (address, network) => {
    expect(sourceNetwork(address)).toBe(network)
  })
})
