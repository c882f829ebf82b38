import { SetMetadata } from '@nestjs/common'

/** A JSON Schema of draft 2020-12, as OpenAPI 3.1 has it. */
export type Schema = Readonly<Record<string, unknown>>

/** What a body looks like, with one example at least; every example is checked against the schema by a test. */
export interface Content {
  readonly schema: Schema
  readonly examples: Readonly<Record<string, { readonly summary?: string; readonly value: unknown }>>
}

/** An answer, by its media types. */
export interface Answer {
  readonly description: string
  readonly headers?: Readonly<Record<string, { readonly description: string; readonly schema: Schema }>>
  readonly content?: Readonly<Record<string, Content>>
}

/** A parameter of the path, the query or the headers. */
export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly description: string
  readonly required?: boolean
  readonly schema: Schema
}

/** An Operation Object of OpenAPI 3.1, as far as it is used here. */
export interface Operation {
  readonly operationId: string
  readonly tags: readonly string[]
  readonly summary: string
  readonly description?: string
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[]
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: {
    readonly required: boolean
    readonly description?: string
    readonly content: Readonly<Record<string, Content>>
  }
  readonly responses: Readonly<Record<string, Answer>>
}

/** Where the framework's scanner looks for what `ApiOperation` says. */
const SCANNED = 'swagger/apiOperation'

/**
 * Describes a handler. The path and the method are its own; all else is said here, once, in the words of the specification.
 * Says it as `ApiOperation` of the framework does, without loading it: that takes longer than all of the service.
 */
export const Describes = (operation: Operation): MethodDecorator => SetMetadata(SCANNED, operation)
