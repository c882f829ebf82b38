import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'

import { ROOT } from '../src/run-step.ts'
import { plantTree } from './planted-tree.ts'

const script = 'infra/dev/src/ensure-install.mjs'
const platform = `${process.platform}-${process.arch}`
const pinned = `node-${platform === 'darwin-arm64' ? 'bin-darwin-arm64' : platform}`

// Stands in for npm: notes how it was called, then does what the test has put into behaviour.sh.
const npm = `
const { execFileSync } = require('node:child_process')
const { appendFileSync, existsSync } = require('node:fs')
appendFileSync('calls', process.argv.slice(2).join(' ') + String.fromCharCode(10))
if (existsSync('behaviour.sh')) execFileSync('sh', ['behaviour.sh'], { stdio: 'inherit' })
`
const installPinned = `mkdir -p node_modules/${pinned}/bin && ln -sf "${process.execPath}" node_modules/${pinned}/bin/node`

let root = ''

beforeEach(() => {
  root = plantTree({
    [script]: readFileSync(join(ROOT, script), 'utf8'),
    'package.json': JSON.stringify({ engines: { node: '>=24.21 <25' } }),
    'package-lock.json': '{}',
    'npm/npm-cli.js': npm,
    'behaviour.sh': installPinned,
  })
})

afterEach(() => rmSync(root, { recursive: true }))

const behave = (commands: string): void => writeFileSync(join(root, 'behaviour.sh'), commands)

const countInstalls = (): number =>
  existsSync(join(root, 'calls')) ? readFileSync(join(root, 'calls'), 'utf8').trim().split('\n').length : 0

function start(env: NodeJS.ProcessEnv = {}): { exitCode: number | null; said: string; wrote: string } {
  const { status, stderr, stdout } = spawnSync(process.execPath, [join(root, script)], {
    env: { PATH: process.env['PATH'], npm_execpath: join(root, 'npm/npm-cli.js'), ...env },
    encoding: 'utf8',
  })
  return { exitCode: status, said: stderr, wrote: stdout }
}

describe('ensure-install', () => {
  it('installs exactly what the lock file says, development packages included, and says so in two lines', () => {
    const { exitCode, said, wrote } = start()
    expect(exitCode).toBe(0)
    expect(readFileSync(join(root, 'calls'), 'utf8')).toMatch(/^ci --include=dev --include=optional /)
    expect(said.trim().split('\n')).toEqual([
      expect.stringMatching(/^Installing /),
      expect.stringMatching(/^Installed /),
    ])
    expect(wrote).toBe('')
  })

  it('is silent and does nothing while the lock file stays the same', () => {
    start()
    expect(start()).toEqual({ exitCode: 0, said: '', wrote: '' })
    expect(countInstalls()).toBe(1)
  })

  it('installs again when the lock file has changed', () => {
    start()
    writeFileSync(join(root, 'package-lock.json'), '{ "changed": true }')
    start()
    expect(countInstalls()).toBe(2)
  })

  it('passes on the exit code of a failed npm, and installs again at the next start', () => {
    start()
    writeFileSync(join(root, 'package-lock.json'), '{ "changed": true }')
    writeFileSync(join(root, 'npm/npm-cli.js'), 'process.exit(7)')
    expect(start()).toMatchObject({ exitCode: 7, said: expect.stringContaining('npm ci failed with exit code 7') })
    writeFileSync(join(root, 'npm/npm-cli.js'), npm)
    expect(start().exitCode).toBe(0)
    expect(countInstalls()).toBe(2)
  })

  it('installs again after an install that was interrupted', () => {
    writeFileSync(join(root, 'npm/npm-cli.js'), "process.kill(process.pid, 'SIGINT')\nsetInterval(() => {}, 1000)")
    expect(start()).toMatchObject({ exitCode: 130, said: expect.stringContaining('stopped by SIGINT') })
    writeFileSync(join(root, 'npm/npm-cli.js'), npm)
    start()
    expect(countInstalls()).toBe(1)
  })

  it('replaces a link to the pinned Node that npm has misdirected', () => {
    behave(
      `${installPinned} && mkdir node_modules/.bin && ln -s ../node-of-another-system/bin/node node_modules/.bin/node`,
    )
    start()
    expect(readlinkSync(join(root, 'node_modules/.bin/node'))).toBe(`../${pinned}/bin/node`)
  })

  it('replaces a link to the pinned Node that went missing after the install', () => {
    start()
    rmSync(join(root, 'node_modules/.bin/node'))
    start()
    expect(readlinkSync(join(root, 'node_modules/.bin/node'))).toBe(`../${pinned}/bin/node`)
  })

  it('goes on with the Node on the PATH when that one fits and the pinned one does not run here', () => {
    behave(`mkdir -p node_modules/${pinned}/bin && printf '#!/bin/sh\\nexit 1' > node_modules/${pinned}/bin/node`)
    expect(start().exitCode).toBe(0)
    expect(existsSync(join(root, 'node_modules/.bin/node'))).toBe(false)
  })

  it('says which Node to install when neither fits', () => {
    behave('mkdir node_modules')
    writeFileSync(join(root, 'package.json'), JSON.stringify({ engines: { node: '>=99.1 <100' } }))
    expect(start()).toMatchObject({
      exitCode: 1,
      said: expect.stringContaining(`this is ${process.version}: install a Node that is >=99.1 <100.`),
    })
  })

  it('takes the npm on the PATH when it was not started by npm', () => {
    writeFileSync(join(root, 'npm/npm'), '#!/bin/sh\necho "path $*" >> calls\n. ./behaviour.sh\n', { mode: 0o755 })
    const env = { PATH: `${join(root, 'npm')}:${process.env['PATH']}`, npm_execpath: '/nowhere/npm-cli.js' }
    expect(start(env).exitCode).toBe(0)
    expect(readFileSync(join(root, 'calls'), 'utf8')).toMatch(/^path ci /)
  })

  it('can be told that somebody has just installed', () => {
    start()
    writeFileSync(join(root, 'package-lock.json'), '{ "changed": true }')
    spawnSync(process.execPath, [join(root, script), '--installed'], { env: { PATH: process.env['PATH'] } })
    start()
    expect(countInstalls()).toBe(1)
  })
})
