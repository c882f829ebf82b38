// A registry mirror may lack the binaries of other systems. npm then leaves their optional packages out of the lock
// file, and `npm ci` refuses that lock file on every system. This adds them; with --check it only says what is missing.
import { readFileSync, writeFileSync } from 'node:fs'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

/**
 * @typedef {{
 *   version?: string, dev?: boolean, optional?: boolean, os?: string[], cpu?: string[], libc?: string[],
 *   optionalDependencies?: Record<string, string>
 * }} LockedPackage
 * @typedef {{ packages: Record<string, LockedPackage> }} Lock
 */

// How packages name, in their own names, what npm calls os, cpu and libc.
/** @type {Record<string, string>} */
const OS = {
  android: 'android',
  darwin: 'darwin',
  freebsd: 'freebsd',
  fsevents: 'darwin',
  linux: 'linux',
  openharmony: 'openharmony',
  win32: 'win32',
  windows: 'win32',
}
/** @type {Record<string, string>} */
const CPU = {
  arm: 'arm',
  arm64: 'arm64',
  eabi: 'arm',
  gnueabihf: 'arm',
  ia32: 'ia32',
  loong64: 'loong64',
  musleabihf: 'arm',
  ppc64: 'ppc64',
  riscv64: 'riscv64',
  s390x: 's390x',
  wasm32: 'wasm32',
  x64: 'x64',
}
/** @type {Record<string, string>} */
const LIBC = { gnu: 'glibc', gnueabihf: 'glibc', musl: 'musl', musleabihf: 'musl' }

/**
 * What a package is built for, read off its name: `@swc/core-linux-x64-musl`.
 * @param {string} name
 * @returns {LockedPackage}
 * @throws {Error} the name tells no system and no processor
 */
function platformOf(name) {
  const words = name.replace(/^.*[/]/, '').split(/[-_]/)
  /** @param {Record<string, string>} table */
  const first = (table) => words.flatMap((word) => table[word] ?? []).slice(0, 1)
  const [os, cpu, libc] = [first(OS), first(CPU), first(LIBC)]
  if (os.length + cpu.length === 0) throw new Error(`the name of the optional package ${name} tells no platform`)
  return {
    ...(cpu.length > 0 && { cpu }),
    ...(libc.length > 0 && { libc }),
    ...(os.length > 0 && { os }),
  }
}

/**
 * Finds the optional packages that `lock` asks for and does not hold.
 * @param {Lock} lock
 * @returns {Record<string, LockedPackage>} what to add, by its place in the lock file
 * @throws {Error} an optional package without a platform in its name, or asked for by more than one exact version
 */
export function missingPackages({ packages }) {
  /** @type {Record<string, LockedPackage>} */
  const missing = {}
  for (const [place, { optionalDependencies = {}, dev }] of Object.entries(packages)) {
    for (const [name, range] of Object.entries(optionalDependencies)) {
      if (placesAbove(place).some((above) => packages[`${above}node_modules/${name}`])) continue
      const version = range.replace(/^[~^]/, '')
      if (!/^\d+[.]\d+[.]\d+[^ ]*$/.test(version))
        throw new Error(`${place} asks for ${name} ${range}, not for a version`)
      const { cpu, libc, os } = platformOf(name)
      missing[`node_modules/${name}`] = {
        version,
        ...(cpu && { cpu }),
        ...(dev && { dev }),
        ...(libc && { libc }),
        optional: true,
        ...(os && { os }),
      }
    }
  }
  return missing
}

/**
 * Where Node looks for a package that the one at `place` asks for: beside it and beside everything around it.
 * @param {string} place
 */
function placesAbove(place) {
  const folders = place.split('/')
  return ['', ...folders.map((_, index) => `${folders.slice(0, index + 1).join('/')}/`)]
}

if (import.meta.main) {
  const file = fileURLToPath(new URL('../../../package-lock.json', import.meta.url))
  /** @type {Lock} */
  const lock = JSON.parse(readFileSync(file, 'utf8'))
  const missing = missingPackages(lock)
  const count = Object.keys(missing).length
  if (process.argv.includes('--check')) {
    if (count > 0)
      process.stdout.write(`${count} optional packages of other platforms are missing: run "npm run lock".\n`)
    process.exitCode = count > 0 ? 1 : 0
  } else {
    const entries = Object.entries({ ...lock.packages, ...missing }).toSorted(([a], [b]) => a.localeCompare(b, 'en'))
    writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(entries) }, null, 2)}\n`)
    process.stdout.write(`Added ${count} optional packages of other platforms to package-lock.json.\n`)
  }
}
