import { BlockList, isIP, isIPv4 } from 'node:net'
import type { IncomingMessage } from 'node:http'

/** `192.0.2.1:443` and `[2001:db8::1]:443`, as some proxies write it, and `[2001:db8::1]`. */
const WITH_PORT = /^(?:(\d+(?:\.\d+){3}):\d{1,5}|\[([^\]]+)\](?::\d{1,5})?)$/
/** How a dual-stack listener names a caller that came by IPv4. */
const MAPPED_IPV4 = /^::ffff:(\d+(?:\.\d+){3})$/i

/**
 * Makes the function that tells from which address a request came. `X-Forwarded-For` counts only as far as proxies that
 * are trusted wrote it: read from its end, the first address that is no such proxy is the client's. Everything before
 * that, the client may have made up. Where a trusted proxy wrote what is no address, its own is as near as can be told.
 * @param trustedProxies addresses and CIDR networks, IPv4 and IPv6; without any, the header is not looked at
 */
export function clientAddressReader(trustedProxies: readonly string[]): (request: IncomingMessage) => string {
  const trusted = new BlockList()
  for (const proxy of trustedProxies) trust(trusted, proxy)
  const isTrusted = (address: string): boolean => trusted.check(address, family(address))
  return ({ socket, headers }) => {
    let nearest = plain(socket.remoteAddress ?? '')
    if (trustedProxies.length === 0 || isIP(nearest) === 0) return nearest
    const hops = [headers['x-forwarded-for'] ?? []].flat().join().split(',')
    while (isTrusted(nearest)) {
      const before = addressOf(hops.pop())
      if (before === undefined) return nearest
      nearest = before
    }
    return nearest
  }
}

function trust(list: BlockList, proxy: string): void {
  const [address = '', prefix] = proxy.split('/')
  if (prefix === undefined) list.addAddress(address, family(address))
  else list.addSubnet(address, Number(prefix), family(address))
}

/** The address in one element of the header; `undefined` when there is none. */
function addressOf(element: string | undefined): string | undefined {
  const text = element?.trim() ?? ''
  const [, ipv4, ipv6] = WITH_PORT.exec(text) ?? []
  const address = plain(ipv4 ?? ipv6 ?? text)
  return isIP(address) === 0 ? undefined : address
}

const plain = (address: string): string => MAPPED_IPV4.exec(address)?.[1] ?? address

const family = (address: string): 'ipv4' | 'ipv6' => (isIPv4(address) ? 'ipv4' : 'ipv6')
