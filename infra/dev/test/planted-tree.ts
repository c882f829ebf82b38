import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'

/** Path below the root to content. */
export type Files = Readonly<Record<string, string>>

/** Writes `files` into a new directory. The caller removes it. */
export function plantTree(files: Files): string {
  const root = mkdtempSync(join(tmpdir(), 'ac-tree-'))
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(root, dirname(path)), { recursive: true })
    writeFileSync(join(root, path), content)
  }
  return root
}

/** Makes `folder` the workspace's package `name`, the way npm does. */
export function linkMember(root: string, folder: string, name: string): void {
  const link = join(root, 'node_modules', name)
  mkdirSync(dirname(link), { recursive: true })
  symlinkSync(relative(dirname(link), join(root, folder)), link)
}
