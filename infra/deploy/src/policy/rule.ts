import type { KubernetesObject } from '../manifests/kubernetes-object.ts'

/** What every overlay must keep to. */
export interface Rule {
  /** As a sentence that is true of manifests that keep it. */
  readonly name: string
  /** What breaks it, each as a few words that begin with the object's kind and name. */
  readonly broken: (objects: readonly KubernetesObject[]) => readonly string[]
}

/** `[message]` unless `holds`. */
export const unless = (holds: boolean, message: string): readonly string[] => (holds ? [] : [message])
