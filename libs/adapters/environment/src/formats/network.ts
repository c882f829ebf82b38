import { isIP } from 'node:net'
import { z } from 'zod'
import type { Format } from './format.ts'

/** Where a listener binds. Names other than `localhost` are refused: what they resolve to may change under us. */
export const listenAddress: Format<string> = {
  expected: 'an IP address or localhost',
  schema: z.string().refine((text) => text === 'localhost' || isIP(text) !== 0),
}

/** Networks and single addresses. A prefix of 0 is refused: it would believe everybody's `X-Forwarded-For`. */
export const networks: Format<readonly string[]> = {
  expected: 'IP addresses or CIDR networks with a prefix of at least 1, divided by commas without blanks',
  schema: z
    .string()
    .transform((text) => (text === '' ? [] : text.split(',')))
    .pipe(z.array(z.string().refine(isNetwork))),
}

function isNetwork(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/')
  const version = isIP(address)
  if (version === 0 || address.includes('%') || rest.length > 0) return false
  if (prefix === undefined) return true
  return /^[1-9][0-9]{0,2}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128)
}
