import { beforeAll, describe, expect, it } from '@jest/globals'
import { FORCED, listKeys, revokeKey, rotateKeys, SCHEDULED, tokenOf } from './key-administration.ts'
import { keyLife } from './key-life.ts'
import { DocumentedSchemas, type OpenApiDocument } from './openapi-document.ts'
import { useService } from './running-service.ts'
import { useServiceDatabase } from './service-database.ts'
import { get, type ReadAnswer } from './token-request.ts'

const database = useServiceDatabase()
const service = useService(() => database().url)
const api = () => service().api

const ROTATE = '/internal/rotate-keys'
const LIST = '/api/v1/admin/keys'
const REVOKE = '/api/v1/admin/keys/{kid}/revoke'

let document: OpenApiDocument
let schemas: DocumentedSchemas
let tokens: { readonly admin: string; readonly forced: string; readonly none: string }

beforeAll(async () => {
  document = (await get(`${api()}/openapi.json`)).json as unknown as OpenApiDocument
  schemas = new DocumentedSchemas(document)
  const client = await database().register({ scope: `admin:services ${SCHEDULED} ${FORCED}` })
  const [admin, forced] = [await tokenOf(api(), client, 'admin:services'), await tokenOf(api(), client, FORCED)]
  tokens = { admin, forced, none: '' }
})

const kid = async (status: 'active' | 'revoked') => (await keyLife(database()).kids(status))[0] ?? ''
const withBody = (body: string, type = 'application/json') => ({ headers: { 'content-type': type }, body })

describe('an answer about keys is as documented:', () => {
  it.each<[number, string, string, () => Promise<ReadAnswer>]>([
    [200, 'post', ROTATE, () => rotateKeys(api(), tokens.forced)],
    [429, 'post', ROTATE, () => rotateKeys(api(), tokens.forced)],
    [400, 'post', ROTATE, () => rotateKeys(api(), tokens.forced, withBody('[]'))],
    [401, 'post', ROTATE, () => rotateKeys(api(), tokens.none)],
    [403, 'post', ROTATE, () => rotateKeys(api(), tokens.admin)],
    [415, 'post', ROTATE, () => rotateKeys(api(), tokens.forced, withBody('x', 'text/plain'))],
    [200, 'get', LIST, () => listKeys(api(), tokens.admin)],
    [400, 'get', LIST, () => listKeys(api(), tokens.admin, '?limit=1')],
    [401, 'get', LIST, () => listKeys(api(), tokens.none)],
    [403, 'get', LIST, () => listKeys(api(), tokens.forced)],
    [
      200,
      'post',
      REVOKE,
      async () => revokeKey(api(), tokens.forced, (await keyLife(database()).kids('next'))[0] ?? ''),
    ],
    [400, 'post', REVOKE, async () => revokeKey(api(), tokens.forced, await kid('active'), withBody('{"a":1}'))],
    [401, 'post', REVOKE, async () => revokeKey(api(), tokens.none, await kid('active'))],
    [403, 'post', REVOKE, async () => revokeKey(api(), tokens.admin, await kid('active'))],
    [404, 'post', REVOKE, () => revokeKey(api(), tokens.forced, 'nobody')],
    [409, 'post', REVOKE, async () => revokeKey(api(), tokens.forced, await kid('revoked'))],
    [415, 'post', REVOKE, () => revokeKey(api(), tokens.forced, 'nobody', withBody('x', 'text/plain'))],
  ])('%i %s %s', async (status, method, path, ask) => {
    const answer = await ask()
    const { content } = document.paths[path]?.[method]?.responses[status] ?? {}
    expect(answer.status).toBe(status)
    expect(schemas.faults(content?.['application/json']?.schema ?? { not: {} }, answer.json)).toEqual([])
  })
})
