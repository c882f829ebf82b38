/** What an argon2id hash costs to compute (RFC 9106 section 3.1). */
export interface Argon2Cost {
  /** `m`, in KiB. */
  readonly memoryKiB: number
  /** `t`. */
  readonly iterations: number
  /** `p`. */
  readonly parallelism: number
}

/** The most that is ever computed: a hash comes out of a database, which somebody else may have written. */
export const MAX_ARGON2_COST: Argon2Cost = { memoryKiB: 64 * 1024, iterations: 10, parallelism: 4 }

/** The order of parameters is the PHC string format's; salt of 8 to 64 and tag of 16 to 64 bytes. */
const FORMAT = /^\$argon2id\$v=19\$m=(\d{1,6}),t=(\d{1,2}),p=(\d{1,2})\$[A-Za-z0-9+/]{11,86}\$[A-Za-z0-9+/]{22,86}$/

/** Whether argon2 accepts these parameters and computing them is harmless: `8p <= m`, none above the maximum. */
export function isBearable({ memoryKiB, iterations, parallelism }: Argon2Cost): boolean {
  return (
    Number.isInteger(memoryKiB) &&
    memoryKiB >= 8 * parallelism &&
    memoryKiB <= MAX_ARGON2_COST.memoryKiB &&
    Number.isInteger(iterations) &&
    iterations >= 1 &&
    iterations <= MAX_ARGON2_COST.iterations &&
    Number.isInteger(parallelism) &&
    parallelism >= 1 &&
    parallelism <= MAX_ARGON2_COST.parallelism
  )
}

/** The cost that `text` names; `undefined` when it is no argon2id hash of version 1.3 in PHC string format. */
export function argon2idCostOf(text: string): Argon2Cost | undefined {
  const [, memoryKiB, iterations, parallelism] = FORMAT.exec(text) ?? []
  if (parallelism === undefined) return undefined
  return { memoryKiB: Number(memoryKiB), iterations: Number(iterations), parallelism: Number(parallelism) }
}
