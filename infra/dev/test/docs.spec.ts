import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { ROOT } from '../src/run-step.ts'

const pages = globSync(['README.md', 'docs/**/*.md', '{apps,libs/*,infra}/*/README.md'], { cwd: ROOT })
const read = (page: string): string => readFileSync(join(ROOT, page), 'utf8')

/** Targets of relative links, without the part behind `#`. */
const linksOf = (text: string): readonly string[] =>
  [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, target]) => target ?? '')

/** What stands in backquotes and looks like a path of the repository. */
const pathsOf = (text: string): readonly string[] =>
  [...text.matchAll(/`((?:apps|libs|infra|docs)\/[\w./-]+\.\w+)`/g)].map(([, path]) => path ?? '')

describe('the documentation', () => {
  it('has pages', () => {
    expect(pages.length).toBeGreaterThan(30)
  })

  it.each(pages)('%s links to nothing that is not there', (page) => {
    const missing = linksOf(read(page)).filter((target) => !existsSync(join(ROOT, dirname(page), target)))
    expect(missing).toEqual([])
  })

  it.each(pages)('%s names no file that is not there', (page) => {
    const missing = pathsOf(read(page)).filter((path) => !existsSync(join(ROOT, path)))
    expect(missing).toEqual([])
  })

  it('proves each mitigation of the threat model by a test', () => {
    const [, mitigations = ''] = read('docs/threat-model.md').split('## Attackers, mitigations, proofs')
    const rows = (mitigations.split('\n## ')[0] ?? '').split('\n').filter((line) => /^\| (?!goal|---)/.test(line))
    expect(rows.length).toBeGreaterThan(15)
    for (const row of rows) expect(row).toMatch(/\.spec\.ts`/)
  })
})
