/** What a CloudNativePG `Cluster` here says, as its API reference of 1.27 has it: nobody publishes models of it. */
export interface ICluster {
  readonly apiVersion: 'postgresql.cnpg.io/v1'
  readonly kind: 'Cluster'
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Record<string, string> }
  readonly spec: {
    readonly instances: number
    readonly imageName: string
    readonly primaryUpdateStrategy: 'unsupervised' | 'supervised'
    readonly primaryUpdateMethod: 'switchover' | 'restart'
    readonly minSyncReplicas: number
    readonly maxSyncReplicas: number
    readonly postgresql: {
      readonly parameters: Record<string, string>
      readonly pg_hba: readonly string[]
    }
    readonly bootstrap: {
      readonly initdb: {
        readonly database: string
        readonly owner: string
        readonly secret: { readonly name: string }
        readonly dataChecksums: boolean
      }
    }
    readonly managed: {
      readonly roles: readonly {
        readonly name: string
        readonly comment?: string
        readonly login: boolean
        readonly inRoles?: readonly string[]
        readonly passwordSecret?: { readonly name: string }
      }[]
    }
    readonly storage: { readonly size: string }
    readonly resources: {
      readonly requests: Record<string, string>
      readonly limits: Record<string, string>
    }
    readonly affinity: { readonly topologyKey: string; readonly podAntiAffinityType: 'preferred' | 'required' }
    readonly monitoring: { readonly enablePodMonitor: boolean }
  }
}
