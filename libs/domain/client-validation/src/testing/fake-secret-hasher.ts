import { Overloaded, type Secret } from '@ac/kernel'
import type { SecretHasher } from '../ports/secret-hasher.ts'
import { fakeDigest } from './fake-digest.ts'

const FORMAT = /^\$argon2id\$v=19\$m=8,t=1,p=1\$([0-9]+)\$([0-9a-f]{64})$/

/** Hashes in the form of argon2id without its cost, and counts how often it was asked to. */
export class FakeSecretHasher implements SecretHasher {
  /** Calls so far, refused ones included. */
  readonly calls = { hash: 0, verify: 0 }
  #salts = 0
  #overloaded = false
  #held: Promise<void> | undefined

  async hash(secret: Secret): Promise<string> {
    this.calls.hash++
    await this.#turn()
    const salt = String(++this.#salts)
    return `$argon2id$v=19$m=8,t=1,p=1$${salt}$${hex(fakeDigest(salt, secret.reveal()))}`
  }

  async verify(hash: string, secret: Secret): Promise<boolean> {
    this.calls.verify++
    await this.#turn()
    const [, salt, digest] = FORMAT.exec(hash) ?? []
    return salt !== undefined && hex(fakeDigest(salt, secret.reveal())) === digest
  }

  /** Makes every call fail with {@link Overloaded}, as a full queue would; `false` ends that. */
  overload(overloaded = true): void {
    this.#overloaded = overloaded
  }

  /** Makes every call wait from now on, as a slow machine would. Call what it returns to let them all go on. */
  hold(): () => void {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#held = promise
    return () => {
      this.#held = undefined
      resolve()
    }
  }

  async #turn(): Promise<void> {
    if (this.#overloaded) throw new Overloaded('secret hashes')
    await this.#held
  }
}

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
