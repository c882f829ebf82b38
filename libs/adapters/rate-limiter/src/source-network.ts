import { isIPv4, isIPv6 } from 'node:net'

/** `::ffff:192.0.2.1`, as a dual-stack listener names a caller that came by IPv4. */
const MAPPED_IPV4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i

/**
 * The network that an address belongs to, as whoever holds one address there holds its neighbours: the /24 of an IPv4
 * address, the /48 of an IPv6 address. What is no address is its own network.
 */
export function sourceNetwork(address: string): string {
  const plain = MAPPED_IPV4.exec(address)?.[1] ?? address
  if (isIPv4(plain)) return `${plain.split('.', 3).join('.')}.0/24`
  if (!isIPv6(plain)) return plain
  return `${firstGroups(plain).join(':')}::/48`
}

/** The first three groups of an IPv6 address, without leading zeros. */
function firstGroups(address: string): readonly string[] {
  const withoutZone = address.split('%', 1)[0] ?? ''
  const [head = '', tail] = withoutZone.split('::', 2)
  const before = groupsOf(head)
  if (tail === undefined) return before.slice(0, 3)
  const after = groupsOf(tail)
  // An IPv4 address at the end stands for two groups.
  const given = before.length + after.length + (tail.includes('.') ? 1 : 0)
  const zeros = Array.from({ length: 8 - given }, () => '0')
  return [...before, ...zeros, ...after].slice(0, 3)
}

const groupsOf = (text: string): readonly string[] =>
  text === ''
    ? []
    : text.split(':').map((group) => (group.includes('.') ? group : Number.parseInt(group, 16).toString(16)))
