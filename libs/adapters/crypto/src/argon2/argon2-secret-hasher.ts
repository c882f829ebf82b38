import type { SecretHasher } from '@ac/client-validation'
import type { Secret } from '@ac/kernel'
import { argon2id, hash, verify } from 'argon2'
import { argon2idCostOf, isBearable, type Argon2Cost } from './argon2id-phc.ts'
import { Semaphore, type SemaphoreBounds } from './semaphore.ts'

/**
 * 19 MiB and two passes take 22 to 27 ms. The service has two threads for argon2, signatures and files together: one hash
 * at once leaves the other to signatures, and 64 that wait are served within two seconds.
 */
const DEFAULTS = { memoryKiB: 19_456, iterations: 2, parallelism: 1, running: 1, waiting: 64 }

/** argon2id (RFC 9106) on Node's thread pool, behind a bounded queue. */
export class Argon2SecretHasher implements SecretHasher {
  readonly #cost: Argon2Cost
  readonly #semaphore: Semaphore

  /**
   * @param options the cost of new hashes, and how many may run and wait; tests of other things want a cheaper one
   * @throws {RangeError} the cost is one that {@link verify} would refuse to compute
   */
  constructor(options: Partial<Argon2Cost & SemaphoreBounds> = {}) {
    const { running, waiting, ...cost } = { ...DEFAULTS, ...options }
    if (!isBearable(cost)) throw new RangeError('the cost of argon2id is out of bounds')
    this.#cost = cost
    this.#semaphore = new Semaphore('argon2', { running, waiting })
  }

  async hash(secret: Secret): Promise<string> {
    const { memoryKiB, iterations, parallelism } = this.#cost
    const text = await this.#semaphore.run(() =>
      hash(secret.reveal(), { type: argon2id, memoryCost: memoryKiB, timeCost: iterations, parallelism }),
    )
    // The package sorts its parameters m, p, t; the format and every other implementation have m, t, p.
    return text.replace(/,(p=\d+),(t=\d+)\$/, ',$2,$1$')
  }

  /** A hash that costs more than 64 MiB, ten passes or four lanes matches nothing either, and is not computed. */
  async verify(stored: string, secret: Secret): Promise<boolean> {
    const cost = argon2idCostOf(stored)
    if (!cost || !isBearable(cost)) return false
    return this.#semaphore.run(() => verify(stored, secret.reveal()))
  }
}
