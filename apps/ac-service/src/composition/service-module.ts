import type { ServiceConfig } from '@ac/environment'
import { AuditEventsController } from '../http/admin/audit-events/audit-events-controller.ts'
import { Module, type DynamicModule } from '@nestjs/common'
import { ClientController } from '../http/admin/clients/client-controller.ts'
import { ClientSecretsController } from '../http/admin/clients/client-secrets-controller.ts'
import { ClientsController } from '../http/admin/clients/clients-controller.ts'
import { ServicesController } from '../http/admin/services/services-controller.ts'
import { ClientRequests } from '../http/client-credentials/client-requests.ts'
import { JwksController } from '../http/discovery/jwks-controller.ts'
import { MetadataController } from '../http/discovery/metadata-controller.ts'
import { IntrospectionController } from '../http/introspection/introspection-controller.ts'
import { KeysController } from '../http/keys/keys-controller.ts'
import { RotateKeysController } from '../http/keys/rotate-keys-controller.ts'
import { ApiDescription } from '../http/openapi/api-description.ts'
import { DocsController } from '../http/openapi/docs-controller.ts'
import type { RouteTable } from '../http/requests/route-table.ts'
import { RevocationController } from '../http/revocation/revocation-controller.ts'
import { TokenController } from '../http/token/token-controller.ts'
import { Background } from '../lifecycle/background.ts'
import { KeyFollower } from '../lifecycle/key-follower.ts'
import { Preparation } from '../lifecycle/preparation.ts'
import type { Readiness } from '../lifecycle/readiness.ts'
import { StorageWatch } from '../lifecycle/storage-watch.ts'
import { CONFIG, INSTRUMENTATION } from './adapter-tokens.ts'
import { provide } from './provide.ts'
import { administrationProviders } from './providers/administration.ts'
import { auditProviders } from './providers/audit.ts'
import { clientProviders } from './providers/clients.ts'
import { httpProviders } from './providers/http.ts'
import { keyProviders } from './providers/keys.ts'
import { storageProviders } from './providers/storage.ts'
import { tokenProviders } from './providers/tokens.ts'
import type { Telemetry } from './telemetry.ts'
import * as app from './tokens.ts'

const OAUTH = [TokenController, IntrospectionController, RevocationController, JwksController, MetadataController]
const ADMINISTRATION = [
  AuditEventsController,
  ClientsController,
  ClientController,
  ClientSecretsController,
  ServicesController,
  RotateKeysController,
  KeysController,
]

/** The API and all that is behind it. `providers/` is the one place that knows every concrete class. */
@Module({})
export class ServiceModule {
  static of(
    config: ServiceConfig,
    { log, instrumentation }: Telemetry,
    readiness: Readiness,
    routes: RouteTable,
  ): DynamicModule {
    return {
      module: ServiceModule,
      controllers: [...OAUTH, ...ADMINISTRATION, DocsController],
      providers: [
        provide(CONFIG, [], () => config),
        provide(INSTRUMENTATION, [], () => instrumentation),
        provide(app.CLOCK, [], () => () => new Date()),
        provide(app.LOG, [], () => log),
        provide(app.READINESS, [], () => readiness),
        provide(app.ROUTES, [], () => routes),
        ...storageProviders,
        ...auditProviders,
        ...clientProviders,
        ...administrationProviders,
        ...keyProviders,
        ...tokenProviders,
        ...httpProviders,
        ApiDescription,
        ClientRequests,
        Preparation,
        KeyFollower,
        StorageWatch,
        Background,
      ],
    }
  }
}
