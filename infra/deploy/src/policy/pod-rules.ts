import type { IContainer, IPodSpec } from 'kubernetes-models/v1'
import { nameOf } from '../manifests/kubernetes-object.ts'
import { containersOf, workloadsOf, type Workload } from '../manifests/workloads.ts'
import { unless, type Rule } from './rule.ts'

const ALLOWED_VOLUMES = ['configMap', 'downwardAPI', 'emptyDir', 'persistentVolumeClaim', 'projected', 'secret']
const IMAGE = /^[^:@]+(?:\/[^:@]+)*(?::(?!latest(?:@|$))[\w.-]+)?(?:@sha256:[0-9a-f]{64})?$/

const aboutPods = (name: string, holds: (spec: IPodSpec, workload: Workload) => boolean): Rule => ({
  name,
  broken: (objects) =>
    workloadsOf(objects).flatMap((workload) => unless(holds(workload.spec, workload), nameOf(workload.object))),
})

const aboutContainers = (name: string, holds: (container: IContainer, spec: IPodSpec) => boolean): Rule => ({
  name,
  broken: (objects) =>
    workloadsOf(objects).flatMap((workload) =>
      containersOf(workload).flatMap((container) =>
        unless(holds(container, workload.spec), `${nameOf(workload.object)}: ${container.name}`),
      ),
    ),
})

/** Pod Security Standards, level "restricted", and what this house asks for beyond it. */
export const podRules: readonly Rule[] = [
  aboutPods(
    'a pod shares nothing with its node',
    ({ hostNetwork, hostPID, hostIPC }) => !hostNetwork && !hostPID && !hostIPC,
  ),
  aboutPods('a pod mounts no part of its node', ({ volumes = [] }) =>
    volumes.every((volume) => Object.keys(volume).every((key) => key === 'name' || ALLOWED_VOLUMES.includes(key))),
  ),
  aboutPods(
    'a pod has no token for the API server',
    ({ automountServiceAccountToken }) => automountServiceAccountToken === false,
  ),
  aboutPods('a pod is not told of other Services', ({ enableServiceLinks }) => enableServiceLinks === false),
  aboutContainers(
    'a container runs as a numbered user that is not root',
    ({ securityContext }, { securityContext: ofPod }) =>
      (securityContext?.runAsNonRoot ?? ofPod?.runAsNonRoot) === true &&
      Number(securityContext?.runAsUser ?? ofPod?.runAsUser) > 0,
  ),
  aboutContainers(
    'a container runs behind seccomp',
    ({ securityContext }, { securityContext: ofPod }) =>
      (securityContext?.seccompProfile ?? ofPod?.seccompProfile)?.type === 'RuntimeDefault',
  ),
  aboutContainers(
    'a container gains no privileges',
    ({ securityContext }) => securityContext?.allowPrivilegeEscalation === false && securityContext.privileged !== true,
  ),
  aboutContainers('a container has no capabilities', ({ securityContext }) => {
    const { drop = [], add = [] } = securityContext?.capabilities ?? {}
    return drop.includes('ALL') && add.length === 0
  }),
  aboutContainers(
    'a container cannot write to its image',
    ({ securityContext }) => securityContext?.readOnlyRootFilesystem === true,
  ),
  aboutContainers(
    'an image has a tag or a digest, and the tag is not "latest"',
    ({ image = '' }) => IMAGE.test(image) && /[:@]/.test(image),
  ),
  aboutContainers('a container asks for CPU and memory, and its memory is limited', ({ resources }) =>
    [resources?.requests?.['cpu'], resources?.requests?.['memory'], resources?.limits?.['memory']].every(
      (quantity) => quantity !== undefined,
    ),
  ),
  aboutContainers('what a container mounts is a volume of its pod', ({ volumeMounts = [] }, { volumes = [] }) =>
    volumeMounts.every(({ name }) => volumes.some((volume) => volume.name === name)),
  ),
]
