import type { ClientId, Scope } from '@ac/kernel'
import { createParamDecorator, type ExecutionContext } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'

/** Who calls, as the token that the guard let in says. */
export interface Caller {
  readonly clientId: ClientId
  /** Everything that the token carries; at least one of those that the handler requires is among them. */
  readonly scopes: readonly Scope[]
}

const callers = new WeakMap<FastifyRequest, Caller>()

/** Notes who makes a request. For the guard alone. */
export const noteCaller = (request: FastifyRequest, caller: Caller): void => void callers.set(request, caller)

/** Gives a handler its caller. Works on handlers with {@link RequiresScope} only; on others every request fails. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const caller = callers.get(context.switchToHttp().getRequest<FastifyRequest>())
  if (!caller) throw new Error('this handler asks for its caller and requires no scope')
  return caller
})
