import { RouteConfig } from '@nestjs/platform-fastify'

/** What a body can be. */
export type BodyKind = 'form' | 'json' | 'merge-patch'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the body of a request to this route may be; see {@link Takes}. */
    readonly takes?: readonly BodyKind[]
  }
}

/** Says of a handler which bodies its route takes: whatever else is sent there is answered 415, before it is read. */
export const Takes = (...kinds: readonly BodyKind[]): MethodDecorator => RouteConfig({ takes: kinds })

/**
 * Says of a handler that it need not be told anything: what it reads by `readNothing` is empty. Callers whose tools always
 * send a body, and a type with it, may send an empty form or an empty object.
 */
export const TakesNothing = (): MethodDecorator => Takes('json', 'form')

/** What a route takes that says nothing: forms where OAuth has them, nothing where a body means nothing. */
export const takenUnlessSaid = (method: string): readonly BodyKind[] => (method === 'POST' ? ['form'] : [])
