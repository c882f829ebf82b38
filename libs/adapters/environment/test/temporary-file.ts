import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from '@jest/globals'

interface TemporaryFolder {
  path(name: string): string
  /** Writes a file and gives its path. */
  file(name: string, content: string | Uint8Array): string
}

/** A folder for the specs of one file, and a way to write into it; it is gone afterwards. */
export function useTemporaryFolder(): TemporaryFolder {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ac-environment-'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const path = (name: string): string => join(folder, name)
  return {
    path,
    file: (name, content) => {
      writeFileSync(path(name), content, { mode: 0o600 })
      return path(name)
    },
  }
}
