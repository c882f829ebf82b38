import type { KeyId } from '@ac/kernel'
import type { KeyCipher } from '../ports/key-cipher.ts'
import { SealedKeyRejected } from '../sealed-key-rejected.ts'
import { fakeDigest } from './fake-digest.ts'

const VERSION = 0xfa
const HEAD_LENGTH = 9
const TAG_LENGTH = 16
const BLOCK_LENGTH = 32

/** Counted over all instances: two ciphers with one master key must not seal alike either. */
let nonces = 0

/**
 * Keeps the promises of a cipher without cryptography: what it seals is version, master-key id (4 bytes), nonce (4),
 * plaintext XOR a key stream, tag (16).
 */
export class FakeKeyCipher implements KeyCipher {
  /** Every plaintext that was given out, in order: the very arrays, so that a test sees whether they were wiped. */
  readonly opened: Uint8Array[] = []
  readonly #masters: readonly string[]
  #failure: Error | undefined

  /**
   * @param master names the master key: another cipher of the same master opens what this one sealed
   * @param previous names earlier master keys, which only open
   */
  constructor(
    readonly master = 'master-1',
    ...previous: readonly string[]
  ) {
    this.#masters = [master, ...previous]
  }

  async seal(id: KeyId, plaintext: Uint8Array): Promise<Uint8Array> {
    if (this.#failure) throw this.#failure
    if (plaintext.length > 8192) throw new RangeError('a private key has at most 8192 bytes')
    const nonce = new Uint8Array(Uint32Array.of(++nonces).buffer)
    const text = crypt(this.master, id, nonce, plaintext)
    const body = Uint8Array.of(VERSION, ...masterId(this.master), ...nonce, ...text)
    return Uint8Array.of(...body, ...tagOf(this.master, id, body))
  }

  async open(id: KeyId, sealed: Uint8Array): Promise<Uint8Array> {
    if (this.#failure) throw this.#failure
    refuseMalformed(sealed)
    const [body, tag] = [sealed.slice(0, -TAG_LENGTH), sealed.slice(-TAG_LENGTH)]
    const master = this.#masters.find((known) => same(body.slice(1, 5), masterId(known)))
    if (master === undefined) throw new SealedKeyRejected('unknown_master_key')
    if (!same(tag, tagOf(master, id, body))) throw new SealedKeyRejected('altered')
    const plaintext = crypt(master, id, body.slice(5, HEAD_LENGTH), body.slice(HEAD_LENGTH))
    this.opened.push(plaintext)
    return plaintext
  }

  async isCurrent(sealed: Uint8Array): Promise<boolean> {
    if (this.#failure) throw this.#failure
    refuseMalformed(sealed)
    return same(sealed.slice(1, 5), masterId(this.master))
  }

  /** Makes every later call fail with `error`, as a vault out of reach would; `undefined` ends that. */
  fail(error: Error | undefined): void {
    this.#failure = error
  }
}

function refuseMalformed(sealed: Uint8Array): void {
  if (sealed.length < HEAD_LENGTH + TAG_LENGTH || sealed[0] !== VERSION) throw new SealedKeyRejected('malformed')
}

const masterId = (master: string): Uint8Array => fakeDigest('id', master).slice(0, 4)

const tagOf = (master: string, id: KeyId, body: Uint8Array): Uint8Array =>
  fakeDigest('tag', master, id, body).slice(0, TAG_LENGTH)

function crypt(master: string, id: KeyId, nonce: Uint8Array, text: Uint8Array): Uint8Array {
  let block = new Uint8Array()
  return text.map((byte, index) => {
    const at = index % BLOCK_LENGTH
    if (at === 0) block = Uint8Array.from(fakeDigest('stream', master, id, nonce, String(index)))
    return byte ^ (block[at] ?? 0)
  })
}

const same = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, index) => byte === other[index])
