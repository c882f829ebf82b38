import { clientId, NO_ORIGIN, Secret, tokenId, keyId, type Origin } from '@ac/kernel'
import { describe, expect, it } from '@jest/globals'
import { Instrumentation } from '../../src/instrumentation.ts'
import { SPANS, type SpanDefinition } from '../../src/tracing/span-catalogue.ts'
import { recordingTracing } from './recorded-spans.ts'

const CLIENT = 'svc_0123456789abcdef'
const CREDENTIALS = { clientId: CLIENT, secret: new Secret('acs_hunter2') }
const hash = (text: string): string => `h:${text.length}`

/** All that is traced, over ports that do nothing but what they must. */
function traced() {
  const { tracing, spans } = recordingTracing()
  const instrumentation = new Instrumentation({ metrics: undefined, tracing, hash })
  const origins: Origin[] = []
  const store = instrumentation.clientSecretStore({
    find: () => Promise.resolve(undefined),
    replaceMac: () => Promise.resolve(),
  })
  const clients = instrumentation.clientAuthenticator({
    authenticate: async (credentials, origin) => {
      origins.push(origin)
      await store.find(clientId(credentials.clientId))
      return undefined as never
    },
  })
  const signer = instrumentation.tokenSigner({ sign: () => Promise.resolve('eyJ.hunter2') })
  const issuer = instrumentation.tokenIssuer({
    issue: async (request, origin) => {
      await clients.authenticate(request, origin)
      return { accessToken: await signer.sign({} as never), expiresIn: 1, scope: 'a' }
    },
  })
  const states = instrumentation.tokenStates({ read: () => Promise.resolve(undefined as never) })
  const verifier = instrumentation.tokenVerifier({
    verify: () => states.read({ id: tokenId('t'), clientId: clientId(CLIENT), keyId: keyId('k') }) as never,
  })
  const rotator = instrumentation.keyRotator({
    rotate: (_request, origin) => {
      origins.push(origin)
      return Promise.resolve(undefined as never)
    },
  })
  return { tracing, spans, origins, issuer, verifier, rotator }
}

/** Has every traced port do its work. */
async function everything() {
  const all = traced()
  await all.issuer.issue({ ...CREDENTIALS, scope: undefined, resource: undefined }, NO_ORIGIN)
  await all.verifier.verify('eyJ.hunter2')
  await all.rotator.rotate({ forced: true, actor: CLIENT }, NO_ORIGIN)
  return all
}

describe('the spans', () => {
  it('have the names and places that the catalogue says', async () => {
    const spans = (await everything()).spans()
    const places = spans.map(({ name, parentSpanId }) => ({
      name,
      parent: spans.find(({ spanId }) => spanId === parentSpanId)?.name,
    }))
    const definitions: readonly SpanDefinition[] = Object.values(SPANS)
    const byName = (one: { readonly name: string }, other: { readonly name: string }) =>
      one.name.localeCompare(other.name)
    expect(places.toSorted(byName)).toEqual(definitions.map(({ name, parent }) => ({ name, parent })).toSorted(byName))
  })

  it('say what the catalogue allows and nothing else', async () => {
    const definitions: readonly SpanDefinition[] = Object.values(SPANS)
    for (const { name, attributes } of (await everything()).spans()) {
      const allowed = definitions.find((definition) => definition.name === name)?.attributes ?? []
      expect(Object.keys(attributes).filter((key) => !allowed.some((attribute) => attribute === key))).toEqual([])
    }
  })

  it('tell a client by its hash, and hold nothing of its secret or its token', async () => {
    const spans = (await everything()).spans()
    expect(spans.find(({ name }) => name === 'ac.client.validate')?.attributes['ac.client.hash']).toBe('h:20')
    expect(JSON.stringify(spans)).not.toMatch(/hunter2|svc_/)
  })

  it('tell a statement without its values', async () => {
    const query = (await everything()).spans().find(({ name }) => name === 'ac.db.query.client')
    expect(query?.attributes).toEqual({
      'ac.outcome': 'success',
      'db.system.name': 'postgresql',
      'db.operation.name': 'SELECT',
      'db.collection.name': 'clients',
    })
  })

  it('are found by what the audit trail is told of the same act', async () => {
    const { spans, origins } = await everything()
    const traceOf = (name: string) => spans().find((span) => span.name === name)?.traceId
    expect(origins.map(({ traceId }) => traceId)).toEqual([traceOf('ac.token.issue'), traceOf('ac.key.rotate')])
  })
})

describe('Instrumentation', () => {
  it('gives back what it is given where nothing is switched on', () => {
    const off = new Instrumentation({ metrics: undefined, tracing: undefined, hash })
    const port = {}
    const methods = Object.getOwnPropertyNames(Instrumentation.prototype).filter(
      (name) => !['constructor', 'auditBatches'].includes(name),
    )
    expect(methods.length).toBeGreaterThan(8)
    for (const method of methods) {
      const wrap = Reflect.get(off, method) as (given: object) => object
      expect([method, wrap.call(off, port)]).toEqual([method, port])
      expect(wrap.call(off, port)).toBe(port)
    }
    expect(off.auditBatches).toBeUndefined()
  })
})
