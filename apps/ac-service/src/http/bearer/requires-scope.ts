import type { Scope } from '@ac/kernel'
import { applyDecorators, SetMetadata, UseGuards } from '@nestjs/common'
import { BearerGuard, REQUIRED_SCOPES } from './bearer-guard.ts'

/**
 * Lets only bearers of a valid access token to a handler, one for this service that carries at least one of these scopes
 * (RFC 6750). Stands on each handler, never on a controller or a path: a handler is open or not, whatever leads to it.
 */
export const RequiresScope = (...anyOf: readonly [string, ...string[]]): MethodDecorator =>
  applyDecorators(SetMetadata(REQUIRED_SCOPES, anyOf as readonly string[] as readonly Scope[]), UseGuards(BearerGuard))
