import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Whether a run has a spec that needs PostgreSQL: a `.db.spec.ts` or `.e2e.spec.ts` in `src` or `test`.
 * @param isChosen whether the command line lets Jest run the file of that absolute path
 */
export async function needsDatabase(rootDir: string, isChosen: (path: string) => boolean): Promise<boolean> {
  for (const folder of ['src', 'test']) {
    const files = await readdir(join(rootDir, folder), { recursive: true }).catch(() => [])
    const specs = files.filter((file) => /\.(?:db|e2e)\.spec\.ts$/.test(file))
    if (specs.some((file) => isChosen(join(rootDir, folder, file)))) return true
  }
  return false
}
