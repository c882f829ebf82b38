import type { INetworkPolicy, INetworkPolicyPeer, INetworkPolicyPort } from 'kubernetes-models/networking.k8s.io/v1'
import { covers } from './workloads.ts'

/** One end of a connection. */
export interface Pod {
  readonly namespace: string
  readonly labels: Readonly<Record<string, string>>
}

type LabelSelector = NonNullable<INetworkPolicyPeer['podSelector']>
type Direction = 'Ingress' | 'Egress'

/**
 * Whether network policies let `from` open a connection to `to`, by the rules of the Kubernetes API: what no policy selects
 * is open, what one selects is closed but for what some policy allows; both ends must agree. Addresses (`ipBlock`) are not
 * understood, and match nothing.
 */
export const isReachable = (
  policies: readonly INetworkPolicy[],
  { from, to, port, protocol = 'TCP' }: { from: Pod; to: Pod; port: number; protocol?: 'TCP' | 'UDP' },
): boolean =>
  isAllowed(policies, 'Egress', from, to, port, protocol) && isAllowed(policies, 'Ingress', to, from, port, protocol)

function isAllowed(
  policies: readonly INetworkPolicy[],
  direction: Direction,
  self: Pod,
  other: Pod,
  port: number,
  protocol: string,
): boolean {
  const selecting = policies.filter(
    ({ metadata, spec }) =>
      metadata?.namespace === self.namespace &&
      selects(spec?.podSelector ?? {}, self.labels) &&
      (spec?.policyTypes ?? ['Ingress']).includes(direction),
  )
  if (selecting.length === 0) return true
  return selecting.some((policy) =>
    rulesOf(policy, direction).some(
      ({ peers, ports }) =>
        (peers.length === 0 || peers.some((peer) => matches(peer, self.namespace, other))) &&
        (ports.length === 0 || ports.some((open) => includes(open, port, protocol))),
    ),
  )
}

const rulesOf = ({ spec }: INetworkPolicy, direction: Direction) =>
  direction === 'Ingress'
    ? (spec?.ingress ?? []).map(({ from = [], ports = [] }) => ({ peers: from, ports }))
    : (spec?.egress ?? []).map(({ to = [], ports = [] }) => ({ peers: to, ports }))

function matches({ ipBlock, namespaceSelector, podSelector }: INetworkPolicyPeer, home: string, other: Pod): boolean {
  if (ipBlock) return false
  const inNamespace = namespaceSelector
    ? selects(namespaceSelector, { 'kubernetes.io/metadata.name': other.namespace })
    : other.namespace === home
  return inNamespace && (podSelector === undefined || selects(podSelector, other.labels))
}

const includes = (open: INetworkPolicyPort, port: number, protocol: string): boolean =>
  (open.protocol ?? 'TCP') === protocol &&
  (open.port === undefined || (Number(open.port) <= port && port <= (open.endPort ?? Number(open.port))))

/** An empty selector selects everything. */
function selects(
  { matchLabels, matchExpressions = [] }: LabelSelector,
  labels: Readonly<Record<string, string>>,
): boolean {
  return (
    covers(labels, matchLabels) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      const value = labels[key]
      if (operator === 'In') return value !== undefined && values.includes(value)
      if (operator === 'NotIn') return value === undefined || !values.includes(value)
      return (value !== undefined) === (operator === 'Exists')
    })
  )
}
