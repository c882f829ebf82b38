import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

/** An OpenAPI document as these tests read it. */
export interface OpenApiDocument {
  readonly openapi: string
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, object>> }
}

export interface DocumentedOperation {
  readonly operationId?: string
  readonly summary?: string
  readonly tags?: readonly string[]
  readonly requestBody?: { readonly content: DocumentedContent }
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: DocumentedContent }>>
}

export type DocumentedContent = Readonly<
  Record<string, { readonly schema: object; readonly examples?: Readonly<Record<string, { readonly value: unknown }>> }>
>

/** A validator of values against the schemas of one document. */
export class DocumentedSchemas {
  readonly #ajv: Ajv2020
  readonly #id = 'https://ac.test/openapi.json'

  constructor(document: OpenApiDocument) {
    this.#ajv = new Ajv2020({ strict: false, allErrors: true })
    addFormats.default(this.#ajv)
    this.#ajv.addSchema({ ...document }, this.#id)
  }

  /** What is wrong with `value`; empty when it is as `schema` says. */
  faults(schema: object, value: unknown): readonly string[] {
    const resolved = JSON.parse(JSON.stringify(schema).replaceAll('"#/', `"${this.#id}#/`)) as object
    const validate = this.#ajv.compile(resolved)
    if (validate(value)) return []
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath || '/'} ${message ?? ''}`)
  }
}

/** Every operation of a document with its method and path. */
export const operationsOf = ({ paths }: OpenApiDocument) =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  )
