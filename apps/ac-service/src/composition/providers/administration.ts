import { ClientAdministrator, ClientRegistrar, SecretRotator, ServiceRegistrar } from '@ac/client-validation'
import { pooledRandomBytes as randomBytes } from '@ac/crypto'
import { PostgresClientRegistry } from '@ac/postgres'
import type { Provider } from '@nestjs/common'
import { AdministrativeActs } from '../../http/admin/administrative-acts.ts'
import * as adapter from '../adapter-tokens.ts'
import { provide } from '../provide.ts'
import * as app from '../tokens.ts'

/** What makes secrets needs, besides randomness. */
const SECRET_MAKING = [app.CLIENT_REGISTRY, adapter.SECRET_MAC_MAKER, adapter.SECRET_HASHER, app.CLOCK] as const

/** The register of clients, and those who change it. */
export const administrationProviders: Provider[] = [
  provide(
    app.CLIENT_REGISTRY,
    [adapter.DATABASE, adapter.CLIENT_SECRET_STORE, adapter.AUDITED_TRANSACTIONS],
    (db, secrets, transactions) => new PostgresClientRegistry(db, secrets, transactions),
  ),
  provide(
    app.CLIENT_REGISTRAR,
    SECRET_MAKING,
    (registry, macs, hasher, clock) => new ClientRegistrar({ registry, macs, hasher, randomBytes, clock }),
  ),
  provide(
    app.CLIENT_ADMINISTRATOR,
    [app.CLIENT_REGISTRY, app.CLOCK],
    (registry, clock) => new ClientAdministrator({ registry, clock }),
  ),
  provide(
    app.SECRET_ROTATOR,
    SECRET_MAKING,
    (registry, macs, hasher, clock) => new SecretRotator({ registry, macs, hasher, randomBytes, clock }),
  ),
  provide(
    app.SERVICE_REGISTRAR,
    [app.CLIENT_REGISTRAR, adapter.CONFIG],
    (registrar, { clients: { serviceTypes } }) => new ServiceRegistrar({ registrar, serviceTypes }),
  ),
  AdministrativeActs,
]
