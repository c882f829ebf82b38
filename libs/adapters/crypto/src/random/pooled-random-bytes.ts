import type { RandomBytes } from '@ac/client-validation'
import { RandomPool } from './random-pool.ts'

const pool = new RandomPool()

/** Random bytes of OpenSSL's generator out of one {@link RandomPool} of this process. */
export const pooledRandomBytes: RandomBytes = (length) => pool.take(length)
