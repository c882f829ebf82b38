import { beforeAll, describe, expect, it } from '@jest/globals'
import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1'
import { ofKind } from '../../src/manifests/kubernetes-object.ts'
import { isReachable, type Pod } from '../../src/manifests/reachability.ts'
import { OVERLAYS, render } from '../../src/manifests/render.ts'

const pod = (namespace: string, name: string, component?: string): Pod => ({
  namespace,
  labels: {
    'app.kubernetes.io/name': name,
    ...(component !== undefined && { 'app.kubernetes.io/component': component }),
  },
})

const PODS = {
  service: pod('ac', 'ac-service', 'api'),
  migration: pod('ac', 'ac-service', 'migrate'),
  rotation: pod('ac', 'ac-service', 'rotate-keys'),
  'another pod of the namespace': pod('ac', 'stranger'),
  database: { namespace: 'ac', labels: { 'cnpg.io/cluster': 'ac-database' } },
  'Global Controller': pod('global-controller', 'global-controller'),
  'another pod beside the Global Controller': pod('global-controller', 'stranger'),
  'one that calls itself Global Controller elsewhere': pod('default', 'global-controller'),
  'Meeting Controller': pod('meeting-controller', 'meeting-controller'),
  'Media Handler': pod('media-handler', 'media-handler'),
  Prometheus: pod('monitoring', 'prometheus'),
  'another pod of monitoring': pod('monitoring', 'grafana'),
  collector: pod('observability', 'otel-collector'),
  DNS: { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } },
  'another pod of kube-system': { namespace: 'kube-system', labels: { 'k8s-app': 'metrics-server' } },
  'a pod anywhere': pod('default', 'stranger'),
} as const satisfies Readonly<Record<string, Pod>>

type Name = keyof typeof PODS

/** Everything that may be reached, and nothing else. */
const OPEN_EVERYWHERE: readonly (readonly [Name, Name, number])[] = [
  ['Global Controller', 'service', 8082],
  ['rotation', 'service', 8082],
  ['Prometheus', 'service', 9090],
  ['service', 'database', 5432],
  ['migration', 'database', 5432],
  ['service', 'collector', 4318],
  ['service', 'DNS', 53],
  ['migration', 'DNS', 53],
  ['rotation', 'DNS', 53],
  ['another pod of the namespace', 'DNS', 53],
  ['database', 'DNS', 53],
]
const PORTS = [22, 53, 443, 4318, 5432, 8082, 9090]
const OURS: readonly Name[] = ['service', 'migration', 'rotation', 'another pod of the namespace', 'database']

describe.each([
  ['kind', OPEN_EVERYWHERE],
  [
    'production',
    [
      ...OPEN_EVERYWHERE,
      ['Meeting Controller', 'service', 8082],
      ['Media Handler', 'service', 8082],
    ] as typeof OPEN_EVERYWHERE,
  ],
] as const)('in %s', (overlay, open) => {
  let policies: readonly INetworkPolicy[]
  beforeAll(async () => {
    const objects = await render(OVERLAYS[overlay])
    // In production, the database's own policy comes with the database.
    const database = overlay === 'production' ? await render(OVERLAYS.database) : []
    policies = ofKind([...objects, ...database], 'NetworkPolicy')
  })

  it.each(open)('%s reaches %s at port %i', (from, to, port) => {
    expect(isReachable(policies, { from: PODS[from], to: PODS[to], port })).toBe(true)
  })

  it.each(OURS)('%s reaches nobody else, and nobody else reaches it', (own) => {
    const ends = (Object.keys(PODS) as Name[]).flatMap((other) => [[own, other] as const, [other, own] as const])
    const reached = ends.flatMap(([from, to]) =>
      PORTS.filter((port) => isReachable(policies, { from: PODS[from], to: PODS[to], port })).map(
        (port) => `${from} > ${to}:${port}`,
      ),
    )
    const operations = overlay === 'production' && own === 'database' ? DATABASE_OPERATIONS : []
    const expected = open
      .filter(([from, to]) => from === own || to === own)
      .map((row) => `${row[0]} > ${row[1]}:${row[2]}`)
    expect([...new Set(reached)].filter((row) => !operations.some((pattern) => pattern.test(row))).toSorted()).toEqual(
      expected.toSorted(),
    )
  })

  it('names are looked up over UDP as well', () => {
    expect(isReachable(policies, { from: PODS.service, to: PODS.DNS, port: 53, protocol: 'UDP' })).toBe(true)
    expect(isReachable(policies, { from: PODS.service, to: PODS['a pod anywhere'], port: 53, protocol: 'UDP' })).toBe(
      false,
    )
  })
})

/** Replication, and the API server, whose address no label selects. */
const DATABASE_OPERATIONS = [/^database > database:5432$/, /^database > .*:443$/]
