import { modelsOf, type KubernetesObject } from './kubernetes-object.ts'

type Model = new (object: KubernetesObject) => { validate(): void }

/**
 * Holds an object against the schema that Kubernetes or an operator publishes: required fields, types, formats, enums.
 * Fields that do not exist pass: `findUnknownFields` finds them.
 * @returns what is wrong; `undefined` for a right object and for one without published schema
 */
export async function validateSchema(object: KubernetesObject): Promise<string | undefined> {
  const models = modelsOf(object.apiVersion)
  if (models === undefined) return undefined
  const { [object.kind]: model } = (await import(models)) as Readonly<Record<string, Model | undefined>>
  if (model === undefined) return `there is no ${object.kind} in ${object.apiVersion}`
  try {
    new model(object).validate()
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}
