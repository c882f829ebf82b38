import type { INestApplication } from '@nestjs/common'
import type { OpenAPIObject } from '@nestjs/swagger'
import { AUDIT_EVENT, AUDIT_EVENT_PAGE } from './schemas/audit.ts'
import {
  CLIENT,
  CLIENT_METADATA,
  CLIENT_PAGE,
  CLIENT_PATCH,
  REGISTERED_CLIENT,
  ROTATED_SECRET,
} from './schemas/clients.ts'
import { ERROR } from './schemas/errors.ts'
import { ROTATION, SIGNING_KEY } from './schemas/keys.ts'
import { INTROSPECTION, JWKS, SERVER_METADATA, TOKEN } from './schemas/tokens.ts'

const SCHEMAS = {
  AuditEvent: AUDIT_EVENT,
  AuditEventPage: AUDIT_EVENT_PAGE,
  Client: CLIENT,
  ClientMetadata: CLIENT_METADATA,
  ClientPage: CLIENT_PAGE,
  ClientPatch: CLIENT_PATCH,
  Error: ERROR,
  Introspection: INTROSPECTION,
  Jwks: JWKS,
  RegisteredClient: REGISTERED_CLIENT,
  RotatedSecret: ROTATED_SECRET,
  Rotation: ROTATION,
  ServerMetadata: SERVER_METADATA,
  SigningKey: SIGNING_KEY,
  Token: TOKEN,
}

const TAGS: readonly (readonly [string, string])[] = [
  ['clients', 'the services that may fetch tokens'],
  ['tokens', 'what services need to call each other'],
  ['keys', 'the keys that sign tokens, for operators'],
  ['audit', 'what happened'],
  ['documentation', 'what you are reading'],
  ['discovery', 'what clients and resource servers need to know, without authentication'],
]

/**
 * The OpenAPI 3.1 document of every route that `app` has. Loads the framework's generator when it is called: a process that
 * serves tokens need not know how it is described.
 * @param issuer base URL at which clients reach it
 */
export async function openApiDocument(app: INestApplication, issuer: string): Promise<OpenAPIObject> {
  const { DocumentBuilder, SwaggerModule } = await import('@nestjs/swagger')
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('ac-service')
    .setDescription('The Authentication Controller: OAuth 2.0 access tokens for the services of a cloud platform.')
    .setVersion(VERSION)
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer(issuer)
    .addSecurity('client_secret_basic', { type: 'http', scheme: 'basic', description: 'client_id and client_secret' })
    .addSecurity('bearer', {
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'at+jwt',
      description: 'an access token whose audience is this service',
    })
  for (const [name, description] of TAGS) builder.addTag(name, description)
  const document = SwaggerModule.createDocument(app, builder.build())
  return { ...document, components: { ...document.components, schemas: structuredClone(SCHEMAS) } }
}

/** Of the interfaces described here, not of the build: it changes when a client could notice. */
const VERSION = '1.0.0'
