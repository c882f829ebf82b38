import { beforeAll, describe, expect, it } from '@jest/globals'
import type { KubernetesObject } from '../../src/manifests/kubernetes-object.ts'
import { OVERLAYS, render, secretTemplate } from '../../src/manifests/render.ts'
import { podRules } from '../../src/policy/pod-rules.ts'
import { referenceRules } from '../../src/policy/reference-rules.ts'
import { serviceRules } from '../../src/policy/service-rules.ts'
import { changed } from './changed.ts'

const RULES = [...podRules, ...serviceRules, ...referenceRules]
const POD = 'spec.template.spec'
const CONTAINER = `${POD}.containers.0`

/** One change for each rule that makes the manifests of production break it. */
const BREAKING: Readonly<Record<string, readonly [string, string, unknown]>> = {
  'a pod shares nothing with its node': ['StatefulSet', `${POD}.hostNetwork`, true],
  'a pod mounts no part of its node': ['StatefulSet', `${POD}.volumes.0`, { name: 'secrets', hostPath: { path: '/' } }],
  'a pod has no token for the API server': ['Job', `${POD}.automountServiceAccountToken`, undefined],
  'a pod is not told of other Services': ['StatefulSet', `${POD}.enableServiceLinks`, undefined],
  'a container runs as a numbered user that is not root': ['StatefulSet', `${POD}.securityContext.runAsUser`, 0],
  'a container runs behind seccomp': ['StatefulSet', `${POD}.securityContext.seccompProfile`, undefined],
  'a container gains no privileges': ['Job', `${CONTAINER}.securityContext.allowPrivilegeEscalation`, true],
  'a container has no capabilities': ['StatefulSet', `${CONTAINER}.securityContext.capabilities.add`, ['NET_ADMIN']],
  'a container cannot write to its image': ['Job', `${CONTAINER}.securityContext.readOnlyRootFilesystem`, false],
  'an image has a tag or a digest, and the tag is not "latest"': ['StatefulSet', `${CONTAINER}.image`, 'a/b:latest'],
  'a container asks for CPU and memory, and its memory is limited': ['Job', `${CONTAINER}.resources.limits`, undefined],
  'what a container mounts is a volume of its pod': ['Job', `${CONTAINER}.volumeMounts.0.name`, 'other'],
  'the service is probed for liveness at /health, 10/10/5/3': [
    'StatefulSet',
    `${CONTAINER}.livenessProbe.httpGet.path`,
    '/ready',
  ],
  'the service is probed for readiness at /ready, 5/5/3/3': [
    'StatefulSet',
    `${CONTAINER}.readinessProbe.periodSeconds`,
    10,
  ],
  'the service asks for 500m and 1Gi and may have 2000m and 2Gi': [
    'StatefulSet',
    `${CONTAINER}.resources.limits.memory`,
    '4Gi',
  ],
  'the service is killed only after it should have stopped by itself': [
    'StatefulSet',
    `${POD}.terminationGracePeriodSeconds`,
    30,
  ],
  'the ports of the service are those of its configuration': ['ConfigMap', 'data.AC_HTTP_PORT', '8083'],
  'the service is spread over zones and nodes': [
    'StatefulSet',
    `${POD}.topologySpreadConstraints.0`,
    { topologyKey: 'x' },
  ],
  'a disruption leaves a replica': ['PodDisruptionBudget', 'spec.maxUnavailable', 3],
  'the number of replicas is set by the autoscaler or by the manifest, not by both': [
    'StatefulSet',
    'spec.replicas',
    3,
  ],
  'only the service is given the master key': ['Job', `${POD}.volumes.0.secret.secretName`, 'ac-service'],
  'every Secret that is used is made by somebody': ['StatefulSet', `${POD}.volumes.0.secret.secretName`, 'other'],
  'every ConfigMap that is used exists': ['StatefulSet', `${CONTAINER}.envFrom.0.configMapRef.name`, 'other'],
  'no secret is a value in the environment': [
    'Job',
    `${CONTAINER}.env.0`,
    { name: 'DATABASE_URL', value: 'postgresql://' },
  ],
  'no secret is in a ConfigMap': ['ConfigMap', 'data.AC_MASTER_KEY', 'c2VjcmV0'],
  'a StatefulSet selects its own pods and has its headless Service': ['StatefulSet', 'spec.serviceName', 'other'],
  'a Service selects pods, and its target ports are theirs': ['Service', 'spec.ports.0.targetPort', 'web'],
  'a probe asks a port that its container has': ['StatefulSet', `${CONTAINER}.livenessProbe.httpGet.port`, 'web'],
  'a disruption budget and an autoscaler have something to act on': [
    'HorizontalPodAutoscaler',
    'spec.scaleTargetRef.name',
    'other',
  ],
  'a ServiceMonitor finds one Service that has its port': ['ServiceMonitor', 'spec.endpoints.0.port', 'metrics'],
  'every pod is under a policy for what it sends and for what it is sent': [
    'NetworkPolicy/default-deny',
    'spec.policyTypes',
    ['Egress'],
  ],
  'a policy opens only ports that a container has': ['NetworkPolicy', 'spec.ingress', [{ ports: [{ port: 22 }] }]],
}

describe.each([
  ['kind', OVERLAYS.kind],
  ['production', OVERLAYS.production],
])('the manifests of %s', (_, folder) => {
  let objects: readonly KubernetesObject[]
  beforeAll(async () => {
    // setup.sh makes the Secrets of kind after this template.
    objects = [...(await render(folder)), ...secretTemplate()]
  })

  it.each(RULES)('keep to it that $name', ({ broken }) => {
    expect(broken(objects)).toEqual([])
  })
})

describe('each rule', () => {
  let objects: readonly KubernetesObject[]
  beforeAll(async () => {
    objects = await render(OVERLAYS.production)
  })

  it.each(RULES)('can fail: $name', ({ name, broken }) => {
    const [which, path, value] = BREAKING[name] ?? []
    if (!which || !path) throw new Error('no change is known that breaks this rule')
    expect(broken(changed(objects, which, path, value))).not.toEqual([])
  })
})
