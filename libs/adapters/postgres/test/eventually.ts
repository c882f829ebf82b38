import { setTimeout as delay } from 'node:timers/promises'

/**
 * Resolves when `isTrue` is.
 * @throws {Error} it is not after 10 s
 */
export async function eventually(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await isTrue()); tries++) {
    if (tries === 500) throw new Error('not true after 10 s')
    await delay(20)
  }
}
