import type { ImageFile } from './image-files.ts'

const APP = 'app/'

/** The files that are the image's own, beyond those of its base. */
export const ownFiles = (files: readonly ImageFile[]): readonly ImageFile[] =>
  files.filter(({ path }) => path.startsWith(APP))

export const megabytes = (files: readonly ImageFile[]): number =>
  files.reduce((sum, { size }) => sum + size, 0) / 1_000_000

/** What is in the image, for people: the size of each part, the greatest first, and every file. */
export function describeImage(files: readonly ImageFile[]): string {
  const own = ownFiles(files)
  const parts = Object.entries(Object.groupBy(own, ({ path }) => partOf(path)))
    .map(([part, members = []]) => ({ part, size: megabytes(members), count: members.length }))
    .toSorted((one, other) => other.size - one.size)
  return [
    '',
    'Files of the image beyond its base:',
    ...own.map(({ mode, size, path }) => `${mode} ${String(size).padStart(9)} ${path}`),
    '',
    'Size of each part beyond the base, in MB, and its files:',
    ...parts.map(({ part, size, count }) => `${size.toFixed(2).padStart(8)} ${String(count).padStart(5)}  ${part}`),
    `${megabytes(own).toFixed(2).padStart(8)} ${String(own.length).padStart(5)}  in all; the base has ${(megabytes(files) - megabytes(own)).toFixed(1)} MB`,
    '',
  ].join('\n')
}

/** `node_modules/@scope/name`, `libs/domain/kernel`, `apps/acctl` or a single file. */
function partOf(path: string): string {
  const inside = path.slice(APP.length)
  const [part] = /^(?:node_modules[/](?:@[^/]+[/])?[^/]+|apps[/][^/]+|libs[/][^/]+[/][^/]+)(?=[/])/.exec(inside) ?? []
  return part ?? inside
}
