import { describe, expect, it } from '@jest/globals'
import { Controller, Get, Post, RequestMethod, type Type } from '@nestjs/common'
import { GUARDS_METADATA, METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js'
import type { ServiceConfig } from '@ac/environment'
import { BearerGuard, REQUIRED_SCOPES } from '../http/bearer/bearer-guard.ts'
import { RequiresScope } from '../http/bearer/requires-scope.ts'
import { RouteTable } from '../http/requests/route-table.ts'
import { Readiness } from '../lifecycle/readiness.ts'
import { ServiceModule } from './service-module.ts'
import type { Telemetry } from './telemetry.ts'

/** What anybody may call. Clients authenticate there by other means than a token, or not at all. */
const PUBLIC = [
  'GET /.well-known/jwks.json',
  'GET /.well-known/oauth-authorization-server',
  'GET /.well-known/openid-configuration',
  'GET /docs',
  'GET /docs/:asset',
  'GET /openapi.json',
  'POST /oauth2/introspect',
  'POST /oauth2/revoke',
  'POST /oauth2/token',
]

interface Route {
  readonly name: string
  readonly guarded: boolean
  readonly scopes: readonly string[]
}

function routesOf(controller: Type): readonly Route[] {
  const prefixes = [Reflect.getMetadata(PATH_METADATA, controller) as string | string[]].flat()
  const prototype = controller.prototype as Record<string, object>
  return Object.getOwnPropertyNames(prototype).flatMap((name) => {
    const handler = prototype[name] as object
    const paths = Reflect.getMetadata(PATH_METADATA, handler) as string | string[] | undefined
    if (name === 'constructor' || paths === undefined) return []
    const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod]
    const guards = (Reflect.getMetadata(GUARDS_METADATA, handler) ?? []) as readonly unknown[]
    const scopes = (Reflect.getMetadata(REQUIRED_SCOPES, handler) ?? []) as readonly string[]
    return prefixes.flatMap((prefix) =>
      [paths].flat().map((path) => ({
        name: `${method} ${`/${prefix}/${path}`.replaceAll(/\/+/g, '/')}`,
        guarded: guards.includes(BearerGuard),
        scopes,
      })),
    )
  })
}

@Controller('mixed')
class Mixed {
  @Get(['open', 'also-open'])
  open(): void {}

  @Post(':id')
  @RequiresScope('admin:services')
  guarded(): void {}

  notARoute(): void {}
}

it('knows which routes of a controller are guarded', () => {
  expect(routesOf(Mixed)).toEqual([
    { name: 'GET /mixed/open', guarded: false, scopes: [] },
    { name: 'GET /mixed/also-open', guarded: false, scopes: [] },
    { name: 'POST /mixed/:id', guarded: true, scopes: ['admin:services'] },
  ])
})

describe('the routes of the API', () => {
  const { controllers = [] } = ServiceModule.of({} as ServiceConfig, {} as Telemetry, new Readiness(), new RouteTable())
  const routes = controllers.flatMap(routesOf)

  it('are open to everybody only where they must be', () => {
    expect(
      routes
        .filter(({ guarded }) => !guarded)
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(PUBLIC)
  })

  it('require a scope wherever they are guarded', () => {
    expect(routes.filter(({ guarded, scopes }) => guarded && scopes.length === 0)).toEqual([])
  })
})
