import { describe, expect, it } from '@jest/globals'
import { mask } from '../../src/logging/mask.ts'

const hash = (id: string): string => `h:${id.length}`
const masked = (text: string): string => mask(text, hash)

describe('mask', () => {
  it.each([
    ['a client secret', 'acs_0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLM'],
    ['a part of one', 'acs_0123'],
    ['a token', 'eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl'],
    ['a token without its signature', 'eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJ4In0'],
    ['an IPv4 address', '192.0.2.1'],
    ['an IPv4 address with a port', '192.0.2.1:5432'],
    ['an IPv4 network', '192.0.2.0/24'],
    ['an IPv6 address', '2001:db8:aa:1::7'],
    ['a full IPv6 address', '2001:db8:0:0:1:2:3:4'],
    ['the IPv6 loopback', '::1'],
    ['an IPv6 address with a zone', 'fe80::1%eth0'],
    ['a mapped address', '::ffff:192.0.2.1'],
    ['32 bytes in base64', Buffer.alloc(32, 0xfb).toString('base64')],
    ['32 bytes in base64url', 'b2r5-0Yk3Q_8f1x2z3w4v5u6t7s8r9q0p1o2n3m4l5k'],
    ['32 bytes in hexadecimal', '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
    ['a private key', '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQ\n-----END PRIVATE KEY-----'],
    ['a private key that was cut off', '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQ'],
  ])('masks %s', (_kind, text) => {
    expect(masked(`before ${text} after`).replace(' after', '')).toBe('before ****')
    expect(masked(`(${text})`).replace(')', '')).toBe('(****')
    expect(masked(`it is ${text}.`)).toMatch(/^it is \*\*\*\*\.?$/)
  })

  it.each([
    ['Authorization: Basic c3ZjXzE6aHVudGVyMg==', 'Authorization: Basic ****'],
    ['authorization: bearer abc.def-ghi', 'authorization: bearer ****'],
    ['postgresql://ac:hunter2@db.internal:5432/ac', 'postgresql://****'],
    ['at https://collector.internal/v1/traces now', 'at https://**** now'],
    ['getaddrinfo ENOTFOUND db.internal', 'getaddrinfo ENOTFOUND ****'],
    ['connect ECONNREFUSED 10.0.0.7:5432', 'connect ECONNREFUSED ****'],
    ['connect ECONNREFUSED ::1:5432', 'connect ECONNREFUSED ****'],
    ['password authentication failed for user "ac_login"', 'password authentication failed for user "****"'],
    [
      'no pg_hba.conf entry for host "10.0.0.7", user "ac", database "ac", no encryption',
      'no pg_hba.conf entry for host "****", user "****", database "****", no encryption',
    ],
    ['invalid input syntax for type uuid: "hunter2"', 'invalid input syntax for type uuid: "****"'],
  ])('leaves of %j what it is about', (text, expected) => {
    expect(masked(text)).toBe(expected)
  })

  it('puts the hash in the place of a client id', () => {
    expect(masked('svc_1234 and svc_12345678')).toBe('h:8 and h:12')
  })

  it.each([
    'the database is ready',
    'cannot read the signing keys; the last known ones stay in use',
    'canceling statement due to statement timeout',
    'permission denied for table audit_events',
    'stopped at 12:00:00 after 3.5 s, version 24.21.0',
    'Error: x\n    at TokenIssuer.issue (file:///app/libs/domain/token-issuance/dist/token-issuer.js:61:23)',
    '    at process.processTicksAndRejections (node:internal/process/task_queues:104:5)',
    'a-word-of-many-words-that-is-longer-than-thirty-two',
  ])('leaves %j as it is', (text) => {
    expect(masked(text)).toBe(text)
  })

  it('takes little time over a long text that is made to cost much', () => {
    const begin = performance.now()
    for (const piece of ['a:', '"', '::', '1.', 'eyJ.', '-----BEGIN ', 'svc_', 'x://', '0-'])
      masked(piece.repeat(500_000))
    expect(performance.now() - begin).toBeLessThan(2000)
  })
})
