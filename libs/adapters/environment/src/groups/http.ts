import { defaulted } from '../environment-variable.ts'
import { listenAddress, networks } from '../formats/network.ts'
import { port, wholeNumber } from '../formats/whole-number.ts'
import { part, type PartValue } from '../reading/part.ts'

/**
 * Where a listener binds unless told otherwise. It works wherever there is IPv4, while `::` fails where IPv6 is
 * switched off; and callers keep their plain IPv4 address, which `::` would show as `::ffff:192.0.2.1` to the limits
 * and to the proxy list. A cluster without IPv4 sets `::`.
 */
const EVERY_IPV4_INTERFACE = '0.0.0.0'

/** Variables of the API listener. */
export const httpVariables = {
  host: defaulted(EVERY_IPV4_INTERFACE, {
    name: 'AC_HTTP_HOST',
    description: 'address that the API listens on; `::` for IPv6',
    format: listenAddress,
  }),
  port: defaulted('8082', {
    name: 'AC_HTTP_PORT',
    description: 'port of the API; 0 lets the system choose',
    format: port,
  }),
  requestTimeoutMs: defaulted('30000', {
    name: 'AC_HTTP_REQUEST_TIMEOUT_MS',
    description: 'how long a request may take before it is cut off, in milliseconds',
    format: wholeNumber(1, 300_000),
  }),
  trustedProxies: defaulted('', {
    name: 'AC_TRUSTED_PROXIES',
    description: 'proxies whose `X-Forwarded-For` is believed, as a comma list of addresses and CIDR networks',
    format: networks,
  }),
}

/** Variables of the listener for probes and metrics. */
export const managementVariables = {
  host: defaulted(EVERY_IPV4_INTERFACE, {
    name: 'AC_MANAGEMENT_HOST',
    description: 'address that `/health`, `/ready` and `/metrics` listen on; `::` for IPv6',
    format: listenAddress,
  }),
  port: defaulted('9090', {
    name: 'AC_MANAGEMENT_PORT',
    description: 'port of `/health`, `/ready` and `/metrics`; 0 lets the system choose',
    format: port,
  }),
}

export const http = part(httpVariables, (values) => values)
export const management = part(managementVariables, (values) => values)

/** Where and how the API is served. `trustedProxies` are addresses and CIDR networks, IPv4 and IPv6. */
export type HttpConfig = PartValue<typeof http>
/** Where probes and metrics are served. */
export type ManagementConfig = PartValue<typeof management>
