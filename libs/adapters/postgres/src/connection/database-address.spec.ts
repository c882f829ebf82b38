import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { parseDatabaseUrl, type DatabaseAddress, type DatabaseTls } from './database-address.ts'
import { InvalidDatabaseUrl } from './invalid-database-url.ts'

const tls = { rejectUnauthorized: true, minVersion: 'TLSv1.2' } as const

describe('parseDatabaseUrl with verify-full', () => {
  it.each<[string, Partial<DatabaseAddress>]>([
    [
      'postgresql://u:p@db.example:6432/ac',
      { host: 'db.example', port: 6432, user: 'u', password: 'p', database: 'ac' },
    ],
    ['postgres://u@db.example/ac', { port: 5432, password: undefined }],
    ['postgresql://u:@db.example/ac', { password: undefined }],
    ['POSTGRESQL://u@db.example/ac', { host: 'db.example' }],
    [
      'postgresql://u%40x:p%3Aq%2Fr%3Fs%23t%25@db.example/a%20c',
      { user: 'u@x', password: 'p:q/r?s#t%', database: 'a c' },
    ],
    ['postgresql://%C3%BC:%E2%82%AC@db.example/ac', { user: '\u00fc', password: '\u20ac' }],
    ['postgresql://u:p+q@db.example/ac', { password: 'p+q' }],
    ['postgresql://u:p@db.example/ac?sslmode=verify-full', { ssl: { ...tls, servername: 'db.example' } }],
    ['postgresql://u:p@db.example/ac?sslmode=verify-full&sslmode=verify-full', { host: 'db.example' }],
    ['postgresql://u:p@db.example/ac', { ssl: { ...tls, servername: 'db.example' } }],
    ['postgresql://u:p@localhost/ac', { ssl: { ...tls, servername: 'localhost' } }],
    ['postgresql://u:p@10.0.0.1/ac', { host: '10.0.0.1', ssl: tls }],
    ['postgresql://u:p@[2001:db8::1]:6432/ac', { host: '2001:db8::1', port: 6432, ssl: tls }],
  ])('reads %s', (url, expected) => {
    expect(parseDatabaseUrl(url, 'verify-full')).toMatchObject(expected)
  })

  it('trusts the given authorities and no others', () => {
    const { ssl } = parseDatabaseUrl('postgresql://u@db.example/ac', 'verify-full', 'PEM')
    expect(ssl).toEqual({ ...tls, servername: 'db.example', ca: 'PEM' })
  })

  it('leaves nothing to the defaults of the driver', () => {
    const address = parseDatabaseUrl('postgresql://u@db.example/ac', 'verify-full')
    expect(Object.keys(address).toSorted()).toEqual(['database', 'host', 'password', 'port', 'ssl', 'user'])
  })

  it.each([
    ['', 'must have the form'],
    ['db.example', 'must have the form'],
    ['mysql://u:p@db.example/ac', 'must have the form'],
    ['postgresql+ssl://u:p@db.example/ac', 'must have the form'],
    ['postgresql://u:p@db.example:99999/ac', 'must have the form'],
    ['postgresql://u:p@db.example:x/ac', 'must have the form'],
    ['postgresql://u:p@h1:1,h2:2/ac', 'must have the form'],
    ['postgresql://u:p@db.example/ac#x', 'must have the form'],
    ['postgresql://u:p@h1,h2/ac', 'must name one host'],
    ['postgresql://u:p@h1%2Ch2/ac', 'must name one host'],
    ['postgresql:///ac', 'must name a host'],
    ['postgresql://u:p@/ac', 'must name a host'],
    ['postgresql://u:p@:5432/ac', 'must name a host'],
    ['postgresql://db.example/ac', 'must name a user'],
    ['postgresql://:p@db.example/ac', 'must name a user'],
    ['postgresql://u:p@db.example', 'must name one database'],
    ['postgresql://u:p@db.example/', 'must name one database'],
    ['postgresql://u:p@db.example/a/b', 'must name one database'],
    ['postgresql://u:p@db.example/a%2Fb', 'must name one database'],
    ['postgresql://u:%zz@db.example/ac', 'broken percent-encoding'],
    ['postgresql://%ff@db.example/ac', 'broken percent-encoding'],
    ['postgresql://u:p@db.example/%', 'broken percent-encoding'],
    ['postgresql://u@%2Fvar%2Frun/ac', 'a unix socket needs'],
    ['postgresql://u@/ac?host=/var/run', 'a unix socket needs'],
  ])('refuses %s', (url, rule) => {
    expect(() => parseDatabaseUrl(url, 'verify-full')).toThrow(rule)
    expect(() => parseDatabaseUrl(url, 'verify-full')).toThrow(InvalidDatabaseUrl)
  })

  it.each([
    ...[
      'disable',
      'allow',
      'prefer',
      'require',
      'verify-ca',
      'no-verify',
      'VERIFY-FULL',
      'verify-full%20',
      '',
      'true',
      '0',
    ].map((mode) => `sslmode=${mode}`),
    'sslmode=verify-full&sslmode=disable',
    'sslmode=disable&sslmode=verify-full',
    '%73slmode=disable',
    'SSLMODE=disable',
    'sslMode=verify-full',
    'ssl=true',
    'ssl=false',
    'sslrootcert=/tmp/ca.pem',
    'sslnegotiation=direct',
    'uselibpqcompat=true',
    'host=db.example',
    'host=evil.example&sslmode=verify-full',
    'host=/var/run',
    'hostaddr=10.0.0.1',
    'user=u',
    'options=-c%20role%3Dx',
    'application_name=x',
    'statement_timeout=0',
    'connect_timeout=1',
    'x',
    'x=y&sslmode=verify-full',
  ])('refuses the parameters ?%s', (parameters) => {
    expect(() => parseDatabaseUrl(`postgresql://u:p@db.example/ac?${parameters}`, 'verify-full')).toThrow(
      InvalidDatabaseUrl,
    )
  })
})

describe('parseDatabaseUrl with disable', () => {
  it.each(['localhost', '127.0.0.1', '127.1.2.3', '[::1]'])('goes without TLS to %s', (host) => {
    expect(parseDatabaseUrl(`postgresql://u:p@${host}/ac`, 'disable').ssl).toBe(false)
  })

  it.each([
    ['postgresql://u@%2Fvar%2Frun%2Fpostgresql/ac', '/var/run/postgresql', 5432],
    ['postgresql://u@%2Fvar%2Frun:6432/ac', '/var/run', 6432],
    ['postgresql://u@/ac?host=/var/run/postgresql', '/var/run/postgresql', 5432],
    ['postgresql://u:p@:6432/ac?host=%2Fvar%2Frun', '/var/run', 6432],
  ])('goes without TLS to the unix socket of %s', (url, host, port) => {
    expect(parseDatabaseUrl(url, 'disable')).toMatchObject({ host, port, user: 'u', database: 'ac', ssl: false })
  })

  it.each([
    'db.example',
    'localhost.evil.example',
    'localhost.',
    'localhost%00',
    'evil.localhost',
    '127.0.0.1.evil.example',
    '127.1',
    '127.0.0.999',
    '127.0.0.01',
    '0127.0.0.1',
    '2130706433',
    '0x7f.1',
    '0.0.0.0',
    '10.0.0.1',
    '128.0.0.1',
    '[::]',
    '[::2]',
    '[::ffff:10.0.0.1]',
    '[2001:db8::1]',
  ])('refuses %s, which a network may be on the way to', (host) => {
    const read = () => parseDatabaseUrl(`postgresql://u:p@${host}/ac`, 'disable')
    expect(read).toThrow('is for loopback addresses and unix sockets only')
  })

  it.each([
    ['postgresql://u@localhost/ac?sslmode=verify-full', 'contradicts'],
    ['postgresql://u@localhost/ac?sslmode=disable', 'sslmode may only be'],
    ['postgresql://u@localhost/ac?host=/var/run', 'must name one host'],
    ['postgresql://u@%2Frun/ac?host=/var/run', 'must name one host'],
    ['postgresql://u@/ac?host=evil.example', 'unix socket directory'],
    ['postgresql://u@/ac?host=/run&host=evil.example', 'unix socket directory'],
    ['postgresql://u@/ac?host=/run,evil.example', 'must name one host'],
    ['postgresql://u@/ac?host=', 'unix socket directory'],
  ])('refuses %s', (url, rule) => {
    expect(() => parseDatabaseUrl(url, 'disable')).toThrow(rule)
  })
})

describe('a refusal', () => {
  const marker = 'XmarkerX'
  const part = fc.oneof(
    fc.constantFrom(
      '',
      marker,
      `${marker}%`,
      `%zz${marker}`,
      `${marker},b`,
      `${marker}/b`,
      `/${marker}`,
      `${marker}@`,
      `:${marker}`,
    ),
    fc.string({ maxLength: 6 }).map((text) => text + marker),
  )
  const parameter = fc
    .tuple(fc.constantFrom('sslmode', 'host', 'ssl', marker), part)
    .map(([name, value]) => `${name}=${value}`)
  const url = fc
    .tuple(
      fc.constantFrom('postgresql', 'postgres', 'http', marker),
      fc.tuple(part, part, part, part),
      fc.array(parameter, { maxLength: 2 }),
    )
    .map(([scheme, [user, password, host, database], parameters]) =>
      [`${scheme}://${user}:${password}@${host}/${database}`, ...parameters].join('?'),
    )

  it('never quotes any part of the URL', () => {
    let refusals = 0
    const check = (text: string, mode: DatabaseTls): void => {
      try {
        parseDatabaseUrl(text, mode)
      } catch (error) {
        refusals++
        expect(error).toBeInstanceOf(InvalidDatabaseUrl)
        const { message, cause, rule } = error as InvalidDatabaseUrl
        expect({ said: `${message}${rule}`.includes(marker), cause }).toEqual({ said: false, cause: undefined })
      }
    }
    fc.assert(fc.property(url, fc.constantFrom('verify-full', 'disable'), check), { numRuns: 2000 })
    expect(refusals).toBeGreaterThan(500)
  })
})
