import { beforeAll, describe, expect, it } from '@jest/globals'
import { Validator } from '@seriousme/openapi-schema-validator'
import { DocumentedSchemas, operationsOf, type DocumentedContent, type OpenApiDocument } from './openapi-document.ts'
import type { RegisteredClient } from './registered-client.ts'
import { useService } from './running-service.ts'
import { useServiceDatabase } from './service-database.ts'
import { basic, get, post, type ReadAnswer } from './token-request.ts'

const database = useServiceDatabase()
const service = useService(() => database().url)

let document: OpenApiDocument
let schemas: DocumentedSchemas
let client: RegisteredClient

beforeAll(async () => {
  document = (await get(`${service().api}/openapi.json`)).json as unknown as OpenApiDocument
  schemas = new DocumentedSchemas(document)
  client = await database().register()
})

const examplesOf = (content: DocumentedContent | undefined, where: string) =>
  Object.entries(content ?? {}).flatMap(([type, { schema, examples }]) =>
    Object.entries(examples ?? {}).map(([name, { value }]) => ({ where: `${where} ${type} ${name}`, schema, value })),
  )

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(
      structuredClone(document) as unknown as Record<string, unknown>,
    )
    expect({ valid, errors }).toEqual({ valid: true, errors: undefined })
    expect(document.openapi).toMatch(/^3\.1\./)
  })

  it('names, sorts and explains every operation', () => {
    const operations = operationsOf(document)
    for (const { method, path, operation } of operations) {
      const { operationId, summary, tags } = operation
      expect({ method, path, operationId, summary, tags }).toEqual({
        method,
        path,
        operationId: expect.stringMatching(/^[a-z][A-Za-z]+$/),
        summary: expect.stringMatching(/\S/),
        tags: [expect.any(String)],
      })
      expect(Object.keys(operation.responses)).not.toEqual([])
    }
  })

  it('has an example that its own schema accepts for every body', () => {
    for (const { method, path, operation } of operationsOf(document)) {
      const bodies = [
        ...examplesOf(operation.requestBody?.content, `${method} ${path} request`),
        ...Object.entries(operation.responses).flatMap(([status, { content }]) =>
          examplesOf(content, `${method} ${path} ${status}`),
        ),
      ]
      for (const { where, schema, value } of bodies) {
        expect({ where, faults: schemas.faults(schema, value) }).toEqual({ where, faults: [] })
      }
      for (const [status, { content }] of Object.entries(operation.responses)) {
        for (const [type, { examples = {} }] of Object.entries(content ?? {})) {
          expect({ where: `${method} ${path} ${status} ${type}`, examples: Object.keys(examples).length }).not.toEqual(
            expect.objectContaining({ examples: 0 }),
          )
        }
      }
    }
  })

  it('tells the errors of a schema that a value breaks', () => {
    const schema = { $ref: '#/components/schemas/Token' }
    expect(schemas.faults(schema, { access_token: 'x', token_type: 'bearer', expires_in: 0, scope: 1 })).toHaveLength(4)
  })
})

describe('what is really answered', () => {
  const documented = (method: string, path: string, { status }: ReadAnswer): object | undefined => {
    const response = document.paths[path]?.[method]?.responses[String(status)]
    expect({ path, status, isDocumented: response !== undefined }).toEqual({ path, status, isDocumented: true })
    return response?.content?.['application/json']?.schema
  }

  it.each<[string, string, string, () => Promise<ReadAnswer>]>([
    ['a token', 'post', '/oauth2/token', () => post(service().api, 'grant_type=client_credentials', auth())],
    ['a malformed token request', 'post', '/oauth2/token', () => post(service().api, 'a=1&a=2', auth())],
    ['a wrong secret', 'post', '/oauth2/token', () => post(service().api, 'grant_type=client_credentials', wrong())],
    ['another media type', 'post', '/oauth2/token', () => post(service().api, '{}', { 'content-type': 'text/plain' })],
    ['the key set', 'get', '/.well-known/jwks.json', () => get(`${service().api}/.well-known/jwks.json`)],
    [
      'the metadata',
      'get',
      '/.well-known/oauth-authorization-server',
      () => get(`${service().api}/.well-known/oauth-authorization-server`),
    ],
  ])('is as documented: %s', async (_name, method, path, ask) => {
    const answer = await ask()
    expect(schemas.faults(documented(method, path, answer) ?? {}, answer.json)).toEqual([])
  })

  const auth = () => ({ authorization: basic(client) })
  const wrong = () => ({ authorization: basic({ ...client, secret: 'no' }) })
})

describe('the page over it', () => {
  it('loads nothing from elsewhere and runs no inline script', async () => {
    const page = await get(`${service().api}/docs`)
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self';/)
    expect(page.text).not.toMatch(/https?:|<script>/)
  })

  it('has all that it names', async () => {
    const { text } = await get(`${service().api}/docs`)
    const names = [...text.matchAll(/(?:src|href)="(docs\/[^"]+)"/g)].map(([, name]) => name)
    expect(names).toHaveLength(4)
    for (const name of names) {
      const asset = await get(`${service().api}/${name}`)
      expect({ name, status: asset.status }).toEqual({ name, status: 200 })
      expect(asset.headers.get('x-content-type-options')).toBe('nosniff')
    }
  })

  it.each([
    'package.json',
    'index.html',
    '..',
    '../package.json',
    '%2e%2e%2fpackage.json',
    'constructor',
    '__proto__',
    '',
  ])('serves no other file: /docs/%s', async (name) => {
    expect((await get(`${service().api}/docs/${name}`)).status).toBe(404)
  })
})
