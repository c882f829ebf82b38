import { nameOf, type KubernetesObject } from '../../src/manifests/kubernetes-object.ts'

type Node = Record<string, unknown>

/**
 * A copy of `objects` in which one object has `value` at `path`: `spec.template.spec.containers.0.image`.
 * @param which a kind, for the first object of it, or the name of an object: `Job/ac-service-migrate`
 * @param value `undefined` removes what is there
 */
export function changed(
  objects: readonly KubernetesObject[],
  which: string,
  path: string,
  value: unknown,
): readonly KubernetesObject[] {
  const copy = structuredClone(objects)
  const names = path.split('.')
  const last = names.pop() ?? ''
  let node = copy.find((object) => object.kind === which || nameOf(object) === which) as unknown as Node
  for (const name of names) node = node[name] as Node
  if (value === undefined) delete node[last]
  else node[last] = value
  return copy
}
