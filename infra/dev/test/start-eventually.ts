import { setTimeout as sleep } from 'node:timers/promises'

const PAUSE_MS = 50
const LIMIT_MS = 25_000

/** Waits until `look` finds something that is neither `undefined` nor `false`, and gives that. */
export async function eventually<T>(what: string, look: () => T | Promise<T>): Promise<Exclude<T, false | undefined>> {
  const deadline = Date.now() + LIMIT_MS
  while (Date.now() < deadline) {
    const found = await look()
    if (found !== undefined && found !== false) return found as Exclude<T, false | undefined>
    await sleep(PAUSE_MS)
  }
  throw new Error(`it never came that ${what}`)
}
