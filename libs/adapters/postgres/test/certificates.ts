import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'
import { isIP } from 'node:net'

/** A certificate and its private key, both PEM. */
export interface Certified {
  readonly certificate: string
  readonly privateKey: string
}

/** What a {@link TestAuthority} may say of a server besides the usual. */
export interface ServerCertificate {
  /** Host names and IPv4 addresses. */
  readonly hosts: readonly string[]
  /** Ends an hour from now by default. */
  readonly notAfter?: Date
}

const HOUR_MS = 3_600_000
const OID = {
  commonName: '550403',
  basicConstraints: '551d13',
  subjectAltName: '551d11',
  ecdsaSha256: '2a8648ce3d040302',
}

/** A certificate authority of its own (RFC 5280), made of `node:crypto` alone: the tests need no openssl. */
export class TestAuthority {
  readonly #name: Buffer
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  /** PEM; what a client must trust. */
  readonly certificate: string

  constructor(name: string) {
    this.#name = distinguishedName(name)
    const authority = extension(OID.basicConstraints, sequence(der(0x01, [0xff])), true)
    this.certificate = this.#issue(this.#name, this.#keys.publicKey, authority, new Date(Date.now() + HOUR_MS))
  }

  certify({ hosts, notAfter = new Date(Date.now() + HOUR_MS) }: ServerCertificate): Certified {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const names = hosts.map((host) =>
      isIP(host) === 4 ? der(0x87, host.split('.').map(Number)) : der(0x82, ascii(host)),
    )
    const certificate = this.#issue(
      distinguishedName('server'),
      publicKey,
      extension(OID.subjectAltName, sequence(...names)),
      notAfter,
    )
    return { certificate, privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() }
  }

  #issue(subject: Buffer, publicKey: KeyObject, extensions: Buffer, notAfter: Date): string {
    const algorithm = sequence(oid(OID.ecdsaSha256))
    const notBefore = new Date(Math.min(Date.now(), notAfter.getTime()) - HOUR_MS)
    const content = sequence(
      der(0xa0, integer([2])),
      integer([1, ...randomBytes(8)]),
      algorithm,
      this.#name,
      sequence(time(notBefore), time(notAfter)),
      subject,
      publicKey.export({ type: 'spki', format: 'der' }),
      der(0xa3, sequence(extensions)),
    )
    const signature = sign('sha256', content, this.#keys.privateKey)
    const certificate = sequence(content, algorithm, der(0x03, [0, ...signature]))
    const lines = certificate.toString('base64').match(/.{1,64}/g) ?? []
    return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
  }
}

/** One value in DER (ITU-T X.690): tag, length in as few bytes as will do, content. */
function der(tag: number, content: Iterable<number>): Buffer {
  const bytes = [...content]
  const size = [bytes.length >> 8, bytes.length & 0xff].filter((byte, index) => index === 1 || byte > 0)
  const length = bytes.length < 0x80 ? size : [0x80 + size.length, ...size]
  return Buffer.from([tag, ...length, ...bytes])
}

const ascii = (text: string): Buffer => Buffer.from(text, 'latin1')
const sequence = (...parts: readonly Buffer[]): Buffer => der(0x30, Buffer.concat(parts))
const integer = (bytes: readonly number[]): Buffer => der(0x02, bytes)
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'))
const time = (date: Date): Buffer => der(0x17, ascii(`${date.toISOString().slice(2, 19).replace(/[-:T]/g, '')}Z`))
const distinguishedName = (name: string): Buffer =>
  sequence(der(0x31, sequence(oid(OID.commonName), der(0x0c, ascii(name)))))
const extension = (id: string, value: Buffer, critical = false): Buffer =>
  sequence(oid(id), ...(critical ? [der(0x01, [0xff])] : []), der(0x04, value))
