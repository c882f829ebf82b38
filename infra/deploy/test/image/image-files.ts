import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { succeed } from './container.ts'

/** A file of an image. */
export interface ImageFile {
  /** As `ls -l` writes it: `-rwxr-xr-x`. */
  readonly mode: string
  readonly size: number
  /** From the root, without a leading slash. */
  readonly path: string
}

/**
 * Every regular file of the file system that a container of the image starts with.
 * @param archive where to put its tar archive
 */
export async function listFiles(containerId: string, archive: string): Promise<readonly ImageFile[]> {
  await succeed('export', '--output', archive, containerId)
  const { stdout } = await promisify(execFile)('tar', ['--list', '--verbose', '--file', archive], {
    maxBuffer: 64 * 1024 * 1024,
  })
  return stdout.split('\n').flatMap((line) => {
    const [, mode, size, path] = /^(-\S{9}) +\S+ +(\d+) +\S+ +\S+ +(.+)$/.exec(line) ?? []
    return mode === undefined || path === undefined ? [] : [{ mode, size: Number(size), path }]
  })
}
