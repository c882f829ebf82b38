import { describe, expect, it } from '@jest/globals'
import type { IncomingMessage } from 'node:http'
import { OriginReader } from './origin-reader.ts'

const ID = '0af7651916cd43dd8448eb211c80319c'

const request = (address: string, traceparent?: string | string[]) => ({
  id: 'request-1',
  raw: { address } as unknown as IncomingMessage,
  headers: { traceparent } as Record<string, string | string[] | undefined>,
})

const open = (hash: (text: string) => string = () => '') =>
  new OriginReader({
    addressOf: (raw) => (raw as unknown as { address: string }).address,
    networkOf: (address) => `network of ${address}`,
    hash,
  })

describe('OriginReader', () => {
  it('tells the request by its id, and its source and network by their hashes', () => {
    const origin = open((text) => `hash of ${text}`).read(request('192.0.2.1'))
    expect(origin).toEqual({
      requestId: 'request-1',
      source: 'hash of 192.0.2.1',
      network: 'hash of network of 192.0.2.1',
      traceId: undefined,
    })
  })

  it('hashes an address once, until it has seen 10,000 others', () => {
    let hashes = 0
    const reader = open((text) => `${text} ${++hashes}`)
    expect(reader.read(request('a')).source).toBe('a 1')
    expect(reader.read(request('a')).source).toBe('a 1')
    for (let index = 0; index < 10_000; index++) reader.read(request(String(index)))
    expect(reader.read(request('a')).source).not.toBe('a 1')
    expect(reader.read(request('a')).source).toMatch(/^a /)
  })

  it.each([
    ['a sampled trace', `00-${ID}-b7ad6b7169203331-01`],
    ['a trace that is not sampled', `00-${ID}-b7ad6b7169203331-00`],
    ['a later version with more fields', `01-${ID}-b7ad6b7169203331-01-more`],
  ])('takes over the id of %s', (_case, traceparent) => {
    expect(open().read(request('a', traceparent)).traceId).toBe(ID)
  })

  it.each([
    ['no header', undefined],
    ['two headers', [`00-${ID}-b7ad6b7169203331-01`, `00-${ID}-b7ad6b7169203331-01`]],
    ['nothing', ''],
    ['zeros', `00-${'0'.repeat(32)}-b7ad6b7169203331-01`],
    ['upper case', `00-${ID.toUpperCase()}-b7ad6b7169203331-01`],
    ['a shorter id', `00-${ID.slice(1)}-b7ad6b7169203331-01`],
    ['a longer id', `00-${ID}0-b7ad6b7169203331-01`],
    ['no flags', `00-${ID}-b7ad6b7169203331`],
    ['something in front', ` 00-${ID}-b7ad6b7169203331-01`],
  ])('finds no trace in %s', (_case, traceparent) => {
    expect(open().read(request('a', traceparent)).traceId).toBeUndefined()
  })
})
