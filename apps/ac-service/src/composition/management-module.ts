import { Module, type DynamicModule } from '@nestjs/common'
import { APP_FILTER } from '@nestjs/core'
import { ErrorFilter } from '../http/errors/error-filter.ts'
import type { RouteTable } from '../http/requests/route-table.ts'
import type { Readiness } from '../lifecycle/readiness.ts'
import { MetricsController } from '../management/metrics-controller.ts'
import { ProbesController } from '../management/probes-controller.ts'
import { provide } from './provide.ts'
import type { Telemetry } from './telemetry.ts'
import * as app from './tokens.ts'

/** The management listener: for those who run the service, never for its clients. */
@Module({})
export class ManagementModule {
  static of({ log, metrics }: Telemetry, readiness: Readiness, routes: RouteTable): DynamicModule {
    return {
      module: ManagementModule,
      controllers: [ProbesController, ...(metrics ? [MetricsController] : [])],
      providers: [
        provide(app.LOG, [], () => log),
        provide(app.READINESS, [], () => readiness),
        provide(app.ROUTES, [], () => routes),
        provide(app.REALM, [], () => 'management'),
        ...(metrics ? [provide(app.METRICS, [], () => metrics)] : []),
        { provide: APP_FILTER, useClass: ErrorFilter },
      ],
    }
  }
}
