import type { AddressInfo } from 'node:net'
import type { HttpConfig, ManagementConfig, ServiceConfig } from '@ac/environment'
import type { DynamicModule } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify'
import { ApiDescription } from '../http/openapi/api-description.ts'
import { openApiDocument } from '../http/openapi/document.ts'
import { RouteTable } from '../http/requests/route-table.ts'
import { strictFastify } from '../http/strict-fastify.ts'
import type { Readiness } from '../lifecycle/readiness.ts'
import { ManagementModule } from './management-module.ts'
import { nestLog } from './nest-log.ts'
import { ServiceModule } from './service-module.ts'
import type { Telemetry } from './telemetry.ts'

/** The API, put together but not yet listening. */
export async function createApi(
  config: ServiceConfig,
  telemetry: Telemetry,
  readiness: Readiness,
): Promise<NestFastifyApplication> {
  const module = (routes: RouteTable): DynamicModule => ServiceModule.of(config, telemetry, readiness, routes)
  const limits = { ...config.http, maxInFlight: config.limits.maxInFlight }
  const api = await create(limits, telemetry, readiness, module)
  api.get(ApiDescription).isMadeBy(() => openApiDocument(api, config.tokens.issuer))
  return api
}

/** The management listener, put together but not yet listening. */
export function createManagement(
  config: ServiceConfig,
  telemetry: Telemetry,
  readiness: Readiness,
): Promise<NestFastifyApplication> {
  const module = (routes: RouteTable): DynamicModule => ManagementModule.of(telemetry, readiness, routes)
  // Probes and scrapes are no requests that anybody asks about.
  return create(config.http, { log: telemetry.log, observers: [], tracing: undefined }, readiness, module)
}

/**
 * Opens a listener.
 * @returns the port, which the system chose if the configured one is 0
 * @throws an error with the system's code: `EADDRINUSE`, `EACCES`
 */
export async function listen(
  app: NestFastifyApplication,
  { host, port }: HttpConfig | ManagementConfig,
): Promise<number> {
  await app.listen(port, host)
  return (app.getHttpServer().address() as AddressInfo).port
}

async function create(
  { requestTimeoutMs, maxInFlight }: Pick<HttpConfig, 'requestTimeoutMs'> & { readonly maxInFlight?: number },
  { log, observers, tracing }: Pick<Telemetry, 'log' | 'observers' | 'tracing'>,
  readiness: Readiness,
  module: (routes: RouteTable) => DynamicModule,
): Promise<NestFastifyApplication> {
  const routes = new RouteTable()
  const draining = (): boolean => readiness.shuttingDown
  const server = strictFastify({ requestTimeoutMs, routes, draining, maxInFlight, observers, tracing })
  return NestFactory.create<NestFastifyApplication>(module(routes), new FastifyAdapter(server), {
    logger: nestLog(log),
    bodyParser: false,
    abortOnError: false,
  })
}
