import { clients } from './groups/clients.ts'
import { database } from './groups/database.ts'
import { http, management } from './groups/http.ts'
import { limits } from './groups/limits.ts'
import { observability } from './groups/observability.ts'
import { hashSecret, masterKeys } from './groups/secrets.ts'
import { shutdown } from './groups/shutdown.ts'
import { signingKeys } from './groups/signing-keys.ts'
import { tokens } from './groups/tokens.ts'
import { tracing } from './groups/tracing.ts'
import type { PartValue } from './reading/part.ts'

/** Every part of the configuration, in the order in which the catalogue and an error name its variables. */
export const parts = {
  database,
  masterKeys,
  hashSecret,
  tokens,
  signingKeys,
  clients,
  http,
  management,
  shutdown,
  limits,
  observability,
  tracing,
}

/** A part of the configuration that can be asked for. */
export type PartName = keyof typeof parts

/** All that the service can be told. Frozen throughout, but for the bytes of keys, which JavaScript cannot freeze. */
export type ServiceConfig = { readonly [P in PartName]: PartValue<(typeof parts)[P]> }
