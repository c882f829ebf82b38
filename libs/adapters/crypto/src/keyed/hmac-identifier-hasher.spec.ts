import { createHmac } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { deriveKey } from './derive-key.ts'
import { HmacIdentifierHasher } from './hmac-identifier-hasher.ts'

const root = new Uint8Array(32).fill(1)

describe('HmacIdentifierHasher', () => {
  const hasher = new HmacIdentifierHasher(root)

  it('gives h: and the first 16 digits of an HMAC under a key of its own purpose', () => {
    const mac = createHmac('sha256', deriveKey(root, 'identifier')).update('svc_a').digest('hex')
    expect(hasher.hash('svc_a')).toBe(`h:${mac.slice(0, 16)}`)
  })

  it('gives the same for the same text in every process that has the key', () => {
    expect(new HmacIdentifierHasher(root).hash('192.0.2.1')).toBe(hasher.hash('192.0.2.1'))
  })

  it('gives another for another text and under another key', () => {
    const other = new HmacIdentifierHasher(new Uint8Array(32).fill(2))
    const hashes = [hasher.hash('192.0.2.1'), hasher.hash('192.0.2.2'), hasher.hash(''), other.hash('192.0.2.1')]
    expect(new Set(hashes).size).toBe(hashes.length)
  })
})
