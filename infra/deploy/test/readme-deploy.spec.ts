import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { parse } from 'yaml'
import { ROOT } from '../src/root.ts'

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8')
const [, section = ''] = /^## Deploy\n(.*?)^## /ms.exec(read('README.md')) ?? []
const blocks = [...section.matchAll(/^ *```sh\n(.*?)^ *```/gms)].map(([, block]) => block ?? '')
const commands = blocks.join('\n')

describe('what the README says of deploying', () => {
  it('has commands that a shell understands', () => {
    expect(blocks.length).toBeGreaterThan(4)
    for (const block of blocks) expect(spawnSync('bash', ['-n'], { input: block, encoding: 'utf8' }).stderr).toBe('')
  })

  it('names files that there are', () => {
    const paths = [...commands.matchAll(/\b(?:infra|apps)[/][\w./-]+/g)].map(([path]) => path)
    expect(paths.length).toBeGreaterThan(5)
    // What is built is not there yet.
    expect(
      paths.map((path) => path.replace('/dist/main.js', '')).filter((path) => !existsSync(join(ROOT, path))),
    ).toEqual([])
  })

  it('makes the Secrets that the database asks for', () => {
    const { spec } = parse(read('infra/services/ac-service/database/cloudnative-pg/cluster.yaml'))
    const asked = [
      spec.bootstrap.initdb.secret.name,
      ...spec.managed.roles.flatMap((role: { passwordSecret?: { name: string } }) => role.passwordSecret?.name ?? []),
    ]
    const made = [...commands.matchAll(/create secret generic ([\w-]+)/g)].map(([, name]) => name)
    expect(made).toEqual(asked)
  })

  it('tells of every secret that the store must hold', () => {
    const keys = read('infra/services/ac-service/overlays/production/external-secret.yaml').match(
      /key: ac-service[/][\w-]+/g,
    )
    for (const key of new Set(keys))
      expect(section).toMatch(new RegExp(key.replace('key: ac-service/', '').replace('database', 'ac_owner')))
  })
})
