import { setTimeout as sleep } from 'node:timers/promises'

const PAUSE_MS = 100

/**
 * What `look` finds, once it finds something: neither `undefined` nor `false`. Errors that it throws are final.
 * @param what completes the sentence "it never came that ..." of the failure
 */
export async function eventually<T>(
  what: string,
  limitMs: number,
  look: () => T | undefined | false | Promise<T | undefined | false>,
): Promise<T> {
  const deadline = performance.now() + limitMs
  do {
    const found = await look()
    if (found !== undefined && found !== false) return found
    await sleep(PAUSE_MS)
  } while (performance.now() < deadline)
  throw new Error(`it never came that ${what}`)
}
