import { execFile } from 'node:child_process'
import { cpSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { ROOT } from '../src/run-step.ts'
import { plantTree, type Files } from './planted-tree.ts'

const LIB = 'libs/adapters/vault'
/** What the page says to copy, with another name in it. */
const COPIED = ['package.json', 'tsconfig.json', 'tsconfig.spec.json', 'jest.config.mjs']
const run = promisify(execFile)

/** The files that the page shows: fenced blocks that name a path behind the language. */
function filesOf(page: string): Files {
  const blocks = page.matchAll(/^```ts (\S+)\n(.*?)^```$/gms)
  return Object.fromEntries([...blocks].map(([, path = '', content = '']) => [path, content]))
}

const readCopied = (name: string): string =>
  readFileSync(`${ROOT}libs/adapters/crypto/${name}`, 'utf8').replaceAll('@ac/crypto', '@ac/vault')

describe('docs/add-an-adapter.md', () => {
  const shown = filesOf(readFileSync(`${ROOT}docs/add-an-adapter.md`, 'utf8'))
  let tree = ''

  beforeAll(() => {
    const copied = Object.fromEntries(COPIED.map((name) => [`${LIB}/${name}`, readCopied(name)]))
    tree = plantTree({ ...copied, ...shown, 'tsconfig.base.json': readFileSync(`${ROOT}tsconfig.base.json`, 'utf8') })
    cpSync(`${ROOT}infra/jest`, join(tree, 'infra/jest'), { recursive: true })
    symlinkSync(`${ROOT}node_modules`, join(tree, 'node_modules'))
  })
  afterAll(() => rmSync(tree, { recursive: true, force: true }))

  it('shows an adapter, its tests and what they need', () => {
    expect(Object.keys(shown)).toEqual([
      `${LIB}/src/vault-key-cipher.ts`,
      `${LIB}/src/vault-key-cipher.spec.ts`,
      `${LIB}/test/stand-in-vault.ts`,
    ])
  })

  it('shows what compiles', async () => {
    const compiled = run(`${ROOT}node_modules/.bin/tsc`, ['-p', 'tsconfig.spec.json'], { cwd: join(tree, LIB) })
    await expect(compiled).resolves.toMatchObject({ stdout: '' })
  })

  it('shows an adapter that keeps the contract of its port', async () => {
    const jest = `${ROOT}node_modules/jest/bin/jest.js`
    const options = { cwd: join(tree, LIB), env: { ...process.env, FORCE_COLOR: '0' } }
    const { stderr } = await run(process.execPath, ['--experimental-vm-modules', jest], options)
    expect(stderr).toMatch(/^Tests: +1[3-9] passed, 1[3-9] total$/m)
  })
})
