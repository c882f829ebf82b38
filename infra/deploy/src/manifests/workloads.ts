import type { IContainer, IPodSpec } from 'kubernetes-models/v1'
import type { KubernetesObject } from './kubernetes-object.ts'

/** An object that makes pods, and the pods that it makes. */
export interface Workload {
  readonly object: KubernetesObject
  readonly labels: Readonly<Record<string, string>>
  readonly spec: IPodSpec
}

export const workloadsOf = (objects: readonly KubernetesObject[]): readonly Workload[] =>
  objects.flatMap((object) => {
    const template = templateOf(object)
    return template?.spec ? [{ object, labels: template.metadata?.labels ?? {}, spec: template.spec }] : []
  })

function templateOf(object: KubernetesObject) {
  if (object.kind === 'StatefulSet' || object.kind === 'Job') return object.spec?.template
  return object.kind === 'CronJob' ? object.spec?.jobTemplate.spec?.template : undefined
}

export const containersOf = ({ spec }: Workload): readonly IContainer[] => [
  ...(spec.initContainers ?? []),
  ...spec.containers,
]

/** Whether `labels` have everything that `matchLabels` of a selector asks for. */
export const covers = (labels: Readonly<Record<string, string>>, matchLabels: Readonly<Record<string, string>> = {}) =>
  Object.entries(matchLabels).every(([key, value]) => labels[key] === value)
