import { chmod, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { StartFailed } from './start-failed.ts'
import { systemErrorCode } from './system-error.ts'

const OWNER_ONLY = 0o600

/**
 * The content of a file that only its owner may read; one that others may read is closed to them.
 * @returns `undefined` when there is no such file
 * @throws {StartFailed} it cannot be read
 */
export const readPrivate = (path: string): Promise<string | undefined> =>
  told(path, 'read', async () => {
    try {
      await chmod(path, OWNER_ONLY)
      return await readFile(path, 'utf8')
    } catch (error) {
      if (systemErrorCode(error) === 'ENOENT') return undefined
      throw error
    }
  })

/**
 * Replaces the content of a private file, all at once: whoever is killed over it leaves the old content.
 * @throws {StartFailed} it cannot be written
 */
export const writePrivate = (path: string, content: string): Promise<void> =>
  told(path, 'written', async () => {
    const next = `${path}.next`
    await rm(next, { force: true })
    await writeFile(next, content, { mode: OWNER_ONLY, flag: 'wx' })
    await rename(next, path)
  })

async function told<T>(path: string, act: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    throw new StartFailed(`the file ${path} cannot be ${act} (${systemErrorCode(cause)})`, 1, { cause })
  }
}
