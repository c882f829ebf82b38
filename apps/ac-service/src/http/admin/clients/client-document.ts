import { InvalidClientMetadata, JWKS_RULE, type ClientMetadata, type ClientPatch } from '@ac/client-validation'
import type { FastifyRequest } from 'fastify'
import type { JsonFields, RefuseField } from '../../json/json-fields.ts'
import { readJson } from '../../json/read-json.ts'

const WRITABLE = [
  'client_name',
  'service_type',
  'region',
  'scope',
  'audiences',
  'resource_ids',
  'token_endpoint_auth_method',
  'jwks',
  'access_token_ttl',
  'disabled',
]

/** Made here and nowhere else. */
const READ_ONLY = ['client_id', 'client_secret', 'created_at', 'updated_at', 'secrets']

/** How a field of a client is refused (RFC 7591 section 3.2.2). */
export const refuseMetadata: RefuseField = (field, rule) => new InvalidClientMetadata(field, rule)

/**
 * The client that a body describes; `null` is as good as absent, so that what was read can be sent again.
 * @throws {InvalidRequest} the body is no JSON object
 * @throws {InvalidClientMetadata} a field is unknown, read-only or of the wrong type; the domain checks the rest
 */
export function readClientMetadata(request: FastifyRequest): ClientMetadata {
  const { name, scope, ...optional } = readFields(readJson(request, refuseMetadata))
  const given = Object.entries(optional).filter(([, value]) => value !== null)
  return { ...Object.fromEntries(given), name: name ?? '', scope: scope ?? '' }
}

/**
 * The merge patch (RFC 7396) in a body.
 * @throws as {@link readClientMetadata}
 */
export const readClientPatch = (request: FastifyRequest): ClientPatch => readFields(readJson(request, refuseMetadata))

function readFields(fields: JsonFields): ClientPatch {
  fields.only(WRITABLE, READ_ONLY)
  fields.nothing('jwks', JWKS_RULE)
  return {
    name: fields.text('client_name'),
    serviceType: fields.text('service_type'),
    region: fields.text('region'),
    scope: fields.text('scope'),
    audiences: fields.texts('audiences'),
    resourceIds: fields.texts('resource_ids'),
    authMethod: fields.text('token_endpoint_auth_method'),
    accessTokenTtlSeconds: fields.wholeNumber('access_token_ttl'),
    disabled: fields.flag('disabled'),
  }
}
