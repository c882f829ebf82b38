import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from '@jest/globals'

/** An empty file for each spec: its descriptor, and what is in it. */
export function useTemporaryFile(): { descriptor(): number; content(): string } {
  let folder = ''
  let descriptor = -1
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ac-telemetry-'))
    descriptor = openSync(join(folder, 'log'), 'a')
  })
  afterEach(() => {
    closeSync(descriptor)
    rmSync(folder, { recursive: true, force: true })
  })
  return { descriptor: () => descriptor, content: () => readFileSync(join(folder, 'log'), 'utf8') }
}
