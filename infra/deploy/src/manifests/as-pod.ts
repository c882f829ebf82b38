import { stringify } from 'yaml'
import { ofKind, type KubernetesObject } from './kubernetes-object.ts'
import type { Workload } from './workloads.ts'

/** What a pod that runs without a cluster is given instead of what only a cluster has. */
export interface Surroundings {
  readonly image: string
  /** The folder that stands for a Secret, with a file for each of its keys, as the kubelet would mount it. */
  readonly folderOf: (secret: string) => string
  /** Entries of the ConfigMap that differ. */
  readonly configuration: Readonly<Record<string, string>>
}

/**
 * The pod of a workload as `podman play kube` takes it, with its ConfigMap: arguments, environment, security context and
 * mounts are those of the manifest. Left out is what podman 4 does not know: probes, resources, fields of the pod as
 * values. Secrets are folders, since podman 4.3 mounts them as the base64 that they are written in.
 */
export function asPod(
  { object, labels, spec }: Workload,
  objects: readonly KubernetesObject[],
  { image, folderOf, configuration }: Surroundings,
): string {
  const containers = spec.containers.map(({ name, args, env = [], envFrom, securityContext, volumeMounts }) => ({
    name,
    image,
    imagePullPolicy: 'Never',
    args,
    env: env.map(({ value = 'podman', ...variable }) => ({ name: variable.name, value })),
    envFrom,
    securityContext,
    volumeMounts,
  }))
  const volumes = spec.volumes?.map(({ name, secret }) => ({
    name,
    hostPath: { path: folderOf(secret?.secretName ?? ''), type: 'Directory' },
  }))
  const configMaps = ofKind(objects, 'ConfigMap')
    .filter(({ metadata }) => metadata?.name === 'ac-service')
    .map((configMap) => ({ ...configMap, data: { ...configMap.data, ...configuration } }))
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: object.metadata?.name, labels },
    spec: { ...spec, hostNetwork: true, restartPolicy: 'Never', containers, volumes },
  }
  return [...configMaps, pod].map((document) => stringify(document)).join('---\n')
}
