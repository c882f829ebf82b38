import { nameOf, ofKind, type KubernetesObject } from '../manifests/kubernetes-object.ts'
import { containersOf, covers, workloadsOf, type Workload } from '../manifests/workloads.ts'
import { unless, type Rule } from './rule.ts'

/** Secrets that somebody outside of the manifests makes: the database's operator, or setup.sh of infra/kind. */
const MADE_ELSEWHERE = ['ac-database-ca', 'ac-database-passwords', 'ac-database-tls']
const SECRET_NAME = /(?:PASSWORD|SECRET|TOKEN|_KEY|_KEYS_PREVIOUS|DATABASE_URL)$/

const secretNames = (objects: readonly KubernetesObject[]): readonly (string | undefined)[] => [
  ...MADE_ELSEWHERE,
  ...ofKind(objects, 'ExternalSecret').map(({ spec }) => spec?.target?.name),
  ...ofKind(objects, 'Secret').map(({ metadata }) => metadata?.name),
]
const configMapNames = (objects: readonly KubernetesObject[]): readonly (string | undefined)[] =>
  ofKind(objects, 'ConfigMap').map(({ metadata }) => metadata?.name)

const aboutWorkloads = (
  name: string,
  broken: (workload: Workload, objects: readonly KubernetesObject[]) => readonly string[],
): Rule => ({
  name,
  broken: (objects) =>
    workloadsOf(objects).flatMap((workload) =>
      broken(workload, objects).map((what) => `${nameOf(workload.object)}: ${what}`),
    ),
})

/** What refers to something else finds it. */
export const referenceRules: readonly Rule[] = [
  aboutWorkloads('every Secret that is used is made by somebody', ({ spec, ...workload }, objects) =>
    [
      ...(spec.volumes ?? []).flatMap(({ secret }) => secret?.secretName ?? []),
      ...containersOf({ spec, ...workload }).flatMap(({ env = [] }) =>
        env.flatMap(({ valueFrom }) => valueFrom?.secretKeyRef?.name ?? []),
      ),
    ].filter((name) => !secretNames(objects).includes(name)),
  ),
  aboutWorkloads('every ConfigMap that is used exists', ({ spec, ...workload }, objects) =>
    [
      ...(spec.volumes ?? []).flatMap(({ configMap }) => configMap?.name ?? []),
      ...containersOf({ spec, ...workload }).flatMap(({ envFrom = [] }) =>
        envFrom.flatMap(({ configMapRef }) => configMapRef?.name ?? []),
      ),
    ].filter((name) => !configMapNames(objects).includes(name)),
  ),
  aboutWorkloads('no secret is a value in the environment', (workload) =>
    containersOf(workload).flatMap(({ env = [] }) =>
      env.flatMap(({ name, value }) => unless(value === undefined || !SECRET_NAME.test(name), name)),
    ),
  ),
  {
    name: 'no secret is in a ConfigMap',
    broken: (objects) =>
      ofKind(objects, 'ConfigMap').flatMap((object) =>
        Object.keys(object.data ?? {})
          .filter((key) => SECRET_NAME.test(key))
          .map((key) => `${nameOf(object)}: ${key}`),
      ),
  },
  {
    name: 'a StatefulSet selects its own pods and has its headless Service',
    broken: (objects) =>
      ofKind(objects, 'StatefulSet').flatMap((object) =>
        unless(
          covers(object.spec?.template.metadata?.labels ?? {}, object.spec?.selector.matchLabels) &&
            ofKind(objects, 'Service').some(({ metadata }) => metadata?.name === object.spec?.serviceName),
          nameOf(object),
        ),
      ),
  },
  {
    name: 'a Service selects pods, and its target ports are theirs',
    broken: (objects) =>
      ofKind(objects, 'Service').flatMap((object) => {
        const selected = workloadsOf(objects).filter(({ labels }) => covers(labels, object.spec?.selector))
        const names = selected.flatMap((workload) =>
          containersOf(workload).flatMap(({ ports = [] }) => ports.map(({ name }) => name)),
        )
        return unless(
          (object.spec?.ports ?? []).every(({ targetPort }) => names.includes(String(targetPort))),
          nameOf(object),
        )
      }),
  },
  {
    name: 'a probe asks a port that its container has',
    broken: (objects) =>
      workloadsOf(objects).flatMap((workload) =>
        containersOf(workload).flatMap(({ name, ports = [], livenessProbe, readinessProbe, startupProbe }) =>
          [livenessProbe, readinessProbe, startupProbe]
            .flatMap((probe) => probe?.httpGet?.port ?? [])
            .filter((port) => !ports.some((declared) => declared.name === port))
            .map((port) => `${nameOf(workload.object)}: ${name} has no port ${port}`),
        ),
      ),
  },
  {
    name: 'a disruption budget and an autoscaler have something to act on',
    broken: (objects) => [
      ...ofKind(objects, 'PodDisruptionBudget').flatMap((object) =>
        unless(
          workloadsOf(objects).some(({ labels }) => covers(labels, object.spec?.selector?.matchLabels)),
          nameOf(object),
        ),
      ),
      ...ofKind(objects, 'HorizontalPodAutoscaler').flatMap((object) =>
        unless(
          objects.some(
            ({ kind, metadata }) =>
              kind === object.spec?.scaleTargetRef.kind && metadata?.name === object.spec.scaleTargetRef.name,
          ),
          nameOf(object),
        ),
      ),
    ],
  },
  {
    name: 'a ServiceMonitor finds one Service that has its port',
    broken: (objects) =>
      ofKind(objects, 'ServiceMonitor').flatMap((object) => {
        const selected = ofKind(objects, 'Service').filter(({ metadata }) =>
          covers(metadata?.labels ?? {}, object.spec?.selector.matchLabels),
        )
        const ports = selected.flatMap(({ spec }) => spec?.ports?.map(({ name }) => name) ?? [])
        return unless(
          selected.length === 1 && (object.spec?.endpoints ?? []).every(({ port }) => ports.includes(port)),
          nameOf(object),
        )
      }),
  },
  {
    name: 'every pod is under a policy for what it sends and for what it is sent',
    broken: (objects) =>
      workloadsOf(objects).flatMap(({ object, labels }) =>
        (['Ingress', 'Egress'] as const).flatMap((direction) =>
          unless(
            ofKind(objects, 'NetworkPolicy').some(
              ({ spec }) => spec?.policyTypes?.includes(direction) && covers(labels, spec.podSelector?.matchLabels),
            ),
            `${nameOf(object)}: ${direction}`,
          ),
        ),
      ),
  },
  {
    name: 'a policy opens only ports that a container has',
    broken: (objects) => {
      const ports = workloadsOf(objects).flatMap((workload) =>
        containersOf(workload).flatMap((container) => container.ports?.map(({ containerPort }) => containerPort) ?? []),
      )
      return ofKind(objects, 'NetworkPolicy').flatMap((object) =>
        (object.spec?.ingress ?? [])
          .flatMap((rule) => rule.ports?.map(({ port }) => Number(port)) ?? [Number.NaN])
          .filter((port) => !ports.includes(port))
          .map((port) => `${nameOf(object)}: ${port}`),
      )
    },
  },
]
