import { nameOf, ofKind, type KubernetesObject } from '../manifests/kubernetes-object.ts'
import { containersOf, workloadsOf } from '../manifests/workloads.ts'
import { unless, type Rule } from './rule.ts'

/** What the requirements say of probes, resources and stopping, by number. */
const LIVENESS = { initialDelaySeconds: 10, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 }
const READINESS = { initialDelaySeconds: 5, periodSeconds: 5, timeoutSeconds: 3, failureThreshold: 3 }
const REQUESTS = { cpu: '500m', memory: '1Gi' }
const LIMITS = { cpu: '2000m', memory: '2Gi' }
const SERVICE = 'ac-service'

const serviceOf = (objects: readonly KubernetesObject[]) =>
  ofKind(objects, 'StatefulSet').filter(({ metadata }) => metadata?.name === SERVICE)

const containerOf = (objects: readonly KubernetesObject[]) =>
  serviceOf(objects).flatMap((object) => object.spec?.template.spec?.containers ?? [])

const settingOf = (objects: readonly KubernetesObject[], name: string): number =>
  Number(ofKind(objects, 'ConfigMap').find(({ metadata }) => metadata?.name === SERVICE)?.data?.[name])

const has = (object: object | undefined, expected: object): boolean =>
  Object.entries(expected).every(([key, value]) => (object as Record<string, unknown> | undefined)?.[key] === value)

const aboutService = (name: string, holds: (objects: readonly KubernetesObject[]) => boolean): Rule => ({
  name,
  broken: (objects) => serviceOf(objects).flatMap((statefulSet) => unless(holds(objects), nameOf(statefulSet))),
})

/** The figures of D4, O1 and O5. */
export const serviceRules: readonly Rule[] = [
  aboutService('the service is probed for liveness at /health, 10/10/5/3', (objects) =>
    containerOf(objects).every(
      ({ livenessProbe }) =>
        has(livenessProbe, LIVENESS) && has(livenessProbe?.httpGet, { path: '/health', port: 'management' }),
    ),
  ),
  aboutService('the service is probed for readiness at /ready, 5/5/3/3', (objects) =>
    containerOf(objects).every(
      ({ readinessProbe }) =>
        has(readinessProbe, READINESS) && has(readinessProbe?.httpGet, { path: '/ready', port: 'management' }),
    ),
  ),
  aboutService('the service asks for 500m and 1Gi and may have 2000m and 2Gi', (objects) =>
    containerOf(objects).every(({ resources }) => has(resources?.requests, REQUESTS) && has(resources?.limits, LIMITS)),
  ),
  aboutService('the service is killed only after it should have stopped by itself', (objects) =>
    serviceOf(objects).every(
      ({ spec }) =>
        Number(spec?.template.spec?.terminationGracePeriodSeconds) * 1000 >
        settingOf(objects, 'AC_SHUTDOWN_TIMEOUT_MS'),
    ),
  ),
  aboutService('the ports of the service are those of its configuration', (objects) =>
    containerOf(objects).every(({ ports = [] }) => {
      const portOf = (name: string): number | undefined => ports.find((port) => port.name === name)?.containerPort
      return (
        portOf('http') === settingOf(objects, 'AC_HTTP_PORT') &&
        portOf('management') === settingOf(objects, 'AC_MANAGEMENT_PORT')
      )
    }),
  ),
  aboutService('the service is spread over zones and nodes', (objects) =>
    serviceOf(objects).every(({ spec }) => {
      const keys = spec?.template.spec?.topologySpreadConstraints?.map(({ topologyKey }) => topologyKey)
      return keys?.includes('topology.kubernetes.io/zone') && keys.includes('kubernetes.io/hostname')
    }),
  ),
  aboutService('a disruption leaves a replica', (objects) => {
    const [autoscaler] = ofKind(objects, 'HorizontalPodAutoscaler')
    const [statefulSet] = serviceOf(objects)
    const least = autoscaler ? autoscaler.spec?.minReplicas : statefulSet?.spec?.replicas
    return ofKind(objects, 'PodDisruptionBudget').every(({ spec }) => Number(spec?.maxUnavailable) < Number(least))
  }),
  aboutService(
    'the number of replicas is set by the autoscaler or by the manifest, not by both',
    (objects) =>
      serviceOf(objects).every(({ spec }) => spec?.replicas === undefined) ===
      ofKind(objects, 'HorizontalPodAutoscaler').length > 0,
  ),
  {
    name: 'only the service is given the master key',
    broken: (objects) =>
      workloadsOf(objects)
        .filter(({ object }) => !serviceOf(objects).some((service) => service === object))
        .filter(
          (workload) =>
            (workload.spec.volumes ?? []).some(({ secret }) => secret?.secretName === SERVICE) ||
            containersOf(workload).some(({ env = [] }) => env.some(({ name }) => name.startsWith('AC_MASTER'))),
        )
        .map(({ object }) => nameOf(object)),
  },
]
