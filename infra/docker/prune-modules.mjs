// Removes from the node_modules below the folder that is named what Node never loads, so that the image holds less to
// ship and to scan: types, source maps, documentation, tests. Licences and notices stay, as most licences demand.
//
// usage: node prune-modules.mjs FOLDER
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'

const NEVER_LOADED = /^[.]|^tsconfig.*[.]json$|[.](?:[cm]?ts|tsx|map|md|markdown|[ch]|cpp|gypi?|flow|tsbuildinfo)$/i
// At the root of a package only: deeper down they may be modules.
const FOLDERS_FOR_DEVELOPERS = [
  '__tests__',
  'benchmark',
  'benchmarks',
  'bench',
  'docs',
  'example',
  'examples',
  'spec',
  'specs',
  'test',
  'tests',
]
const KEPT = /^(?:licen[cs]e|notice|copying)/i

/** @param {string} folder */
function prune(folder) {
  const isPackage = existsSync(join(folder, 'package.json'))
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) {
      if (entry.name.startsWith('.') || (isPackage && FOLDERS_FOR_DEVELOPERS.includes(entry.name)))
        rmSync(path, { recursive: true })
      else prune(path)
    } else if (entry.isSymbolicLink()) {
      // A member of the workspace that is not installed for production, linked all the same.
      if (!existsSync(join(path, 'package.json'))) rmSync(path)
    } else if (!KEPT.test(entry.name) && NEVER_LOADED.test(entry.name)) {
      rmSync(path)
    }
  }
}

const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('usage: node prune-modules.mjs FOLDER')
prune(folder)
