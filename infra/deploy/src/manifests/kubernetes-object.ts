import type { IExternalSecret } from '@kubernetes-models/external-secrets/external-secrets.io/v1'
import type { IPrometheusRule, IServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1'
import type { IStatefulSet } from 'kubernetes-models/apps/v1'
import type { IHorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2'
import type { ICronJob, IJob } from 'kubernetes-models/batch/v1'
import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1'
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1'
import type { IConfigMap, INamespace, ISecret, IService, IServiceAccount } from 'kubernetes-models/v1'
import type { ICluster } from './cloud-native-pg.ts'

/** Every kind of object that is deployed. */
export type KubernetesObject =
  | ICluster
  | IConfigMap
  | ICronJob
  | IExternalSecret
  | IHorizontalPodAutoscaler
  | IJob
  | INamespace
  | INetworkPolicy
  | IPodDisruptionBudget
  | IPrometheusRule
  | ISecret
  | IService
  | IServiceAccount
  | IServiceMonitor
  | IStatefulSet

export type Kind = KubernetesObject['kind']

/** Where the types and schemas of an `apiVersion` are; `undefined` for those that nobody publishes. */
export function modelsOf(apiVersion: string): string | undefined {
  if (apiVersion.startsWith('postgresql.cnpg.io/')) return undefined
  if (apiVersion.startsWith('monitoring.coreos.com/')) return `@kubernetes-models/prometheus-operator/${apiVersion}`
  if (apiVersion.startsWith('external-secrets.io/')) return `@kubernetes-models/external-secrets/${apiVersion}`
  return `kubernetes-models/${apiVersion}`
}

export const ofKind = <K extends Kind>(
  objects: readonly KubernetesObject[],
  kind: K,
): readonly Extract<KubernetesObject, { kind: K }>[] =>
  objects.filter((object): object is Extract<KubernetesObject, { kind: K }> => object.kind === kind)

/** `StatefulSet/ac-service`. */
export const nameOf = ({ kind, metadata }: KubernetesObject): string => `${kind}/${metadata?.name ?? ''}`
