import type { Outcome } from '../metrics/labels.ts'

/** Everything that a span may say of itself. Nothing here is a value of a caller: a client is told by its keyed hash. */
export interface SpanAttributes {
  /** How it ended. */
  readonly 'ac.outcome'?: Outcome
  /** The stable code of the error that it ended with, or the name of its class. */
  readonly 'error.type'?: string
  /** The client that somebody said to be, as its keyed hash. */
  readonly 'ac.client.hash'?: string
  readonly 'ac.key.forced'?: boolean
  readonly 'db.system.name'?: 'postgresql'
  readonly 'db.operation.name'?: 'SELECT'
  readonly 'db.collection.name'?: 'clients' | 'signing_keys'
}

/** What is known of a span before it begins. */
export interface SpanDefinition {
  readonly name: string
  /** What it stands for, in a sentence without a full stop. */
  readonly help: string
  /** `server`: begins in a request, whose caller's trace it continues. `client`: waits for another process. */
  readonly kind: 'server' | 'internal' | 'client'
  /** The span that it is part of; without one it may begin a trace. */
  readonly parent?: string
  readonly attributes: readonly (keyof SpanAttributes)[]
}

/** Every span. Their names and places in each other are an interface: dashboards and searches are written against them. */
export const SPANS = {
  issue: {
    name: 'ac.token.issue',
    help: 'a token is issued, from the parsed request to the committed audit event',
    kind: 'server',
    attributes: ['ac.outcome', 'error.type', 'ac.client.hash'],
  },
  validateClient: {
    name: 'ac.client.validate',
    help: 'a client proves who it is',
    kind: 'internal',
    parent: 'ac.token.issue',
    attributes: ['ac.outcome', 'error.type', 'ac.client.hash'],
  },
  queryClient: {
    name: 'ac.db.query.client',
    help: 'the client and its secrets are read; several requests may share the statement',
    kind: 'client',
    parent: 'ac.client.validate',
    attributes: ['ac.outcome', 'error.type', 'db.system.name', 'db.operation.name', 'db.collection.name'],
  },
  sign: {
    name: 'ac.token.sign',
    help: 'the claims are signed',
    kind: 'internal',
    parent: 'ac.token.issue',
    attributes: ['ac.outcome', 'error.type'],
  },
  verify: {
    name: 'ac.token.verify',
    help: 'a token is judged, for introspection or for access to the API',
    kind: 'server',
    attributes: ['ac.outcome', 'error.type'],
  },
  querySigningKey: {
    name: 'ac.db.query.signing_key',
    help: 'what became of the key that signed the token is read, and of the token and its client in the same statement',
    kind: 'client',
    parent: 'ac.token.verify',
    attributes: ['ac.outcome', 'error.type', 'db.system.name', 'db.operation.name', 'db.collection.name'],
  },
  rotateKeys: {
    name: 'ac.key.rotate',
    help: 'the signing keys are rotated',
    kind: 'server',
    attributes: ['ac.outcome', 'error.type', 'ac.key.forced'],
  },
} as const satisfies Readonly<Record<string, SpanDefinition>>

/** A span of the catalogue. */
export type SpanName = keyof typeof SPANS

/** What a span of that name may say. */
export type AttributesOf<Name extends SpanName> = Pick<SpanAttributes, (typeof SPANS)[Name]['attributes'][number]>
