import { setTimeout as sleep } from 'node:timers/promises'

const PAUSE_MS = 20
const LIMIT_MS = 20_000

/**
 * What `look` finds, once it finds something: neither `undefined` nor `false`. Errors that it throws are final.
 * @param what completes the sentence "it never came that ..." of the failure
 */
export async function eventually<T>(
  what: string,
  look: () => T | undefined | false | Promise<T | undefined | false>,
): Promise<T> {
  const deadline = Date.now() + LIMIT_MS
  while (Date.now() < deadline) {
    const found = await look()
    if (found !== undefined && found !== false) return found
    await sleep(PAUSE_MS)
  }
  throw new Error(`it never came that ${what}`)
}
