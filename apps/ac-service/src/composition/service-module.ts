import type { ServiceConfig } from '@ac/environment'
import type { Log } from '@ac/kernel'
import { Module, type DynamicModule } from '@nestjs/common'
import { APP_FILTER } from '@nestjs/core'
import { JwksController } from '../http/discovery/jwks-controller.ts'
import { MetadataController } from '../http/discovery/metadata-controller.ts'
import { ErrorFilter } from '../http/errors/error-filter.ts'
import { OriginReader } from '../http/requests/origin-reader.ts'
import type { RouteTable } from '../http/requests/route-table.ts'
import { TokenController } from '../http/token/token-controller.ts'
import { Background } from '../lifecycle/background.ts'
import { Preparation } from '../lifecycle/preparation.ts'
import type { Readiness } from '../lifecycle/readiness.ts'
import { cryptoProviders, storageProviders } from './adapter-providers.ts'
import { CONFIG, IDENTIFIER_HASHER } from './adapter-tokens.ts'
import { domainProviders } from './domain-providers.ts'
import { provide } from './provide.ts'
import * as app from './tokens.ts'

/** The API and all that is behind it: the one place that knows every concrete class. */
@Module({})
export class ServiceModule {
  static of(config: ServiceConfig, log: Log, readiness: Readiness, routes: RouteTable): DynamicModule {
    return {
      module: ServiceModule,
      controllers: [TokenController, JwksController, MetadataController],
      providers: [
        ...domainProviders,
        ...cryptoProviders,
        ...storageProviders,
        provide(CONFIG, [], () => config),
        provide(app.LOG, [], () => log),
        provide(app.READINESS, [], () => readiness),
        provide(app.CHALLENGE, [app.ISSUER], (issuer) => `Basic realm="${issuer}"`),
        provide(app.ISSUER, [CONFIG], ({ tokens }) => tokens.issuer),
        provide(app.JWKS_MAX_AGE_SECONDS, [CONFIG], ({ signingKeys }) => signingKeys.jwksMaxAgeSeconds),
        provide(app.ORIGIN_READER, [IDENTIFIER_HASHER], (hasher) => new OriginReader((text) => hasher.hash(text))),
        provide(app.ROUTES, [], () => routes),
        { provide: APP_FILTER, useClass: ErrorFilter },
        Preparation,
        Background,
      ],
    }
  }
}
