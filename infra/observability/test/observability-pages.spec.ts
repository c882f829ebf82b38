import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { DASHBOARDS_PAGE, dashboardsPage, pictureFile } from '../src/dashboards/dashboards-page.ts'
import { DASHBOARDS } from '../src/dashboards/dashboards.ts'
import { ROOT } from '../src/repository.ts'
import { alertingRules } from '../src/rules/rule-files.ts'
import { RUNBOOKS, runbookFile, runbookUrl } from '../src/runbooks.ts'

const FOLDER = 'docs/observability'
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8')
const index = read(`${FOLDER}/README.md`)
const pages = readdirSync(join(ROOT, FOLDER)).filter((name) => name.endsWith('.md'))

describe('the index of observability', () => {
  it('leads to every page', () => {
    for (const page of pages.filter((name) => name !== 'README.md')) expect(index).toContain(`](${page})`)
  })

  it('has a row for each alert, with its severity, how long it waits, and its runbook', () => {
    const rows = index.split('\n').filter((line) => line.startsWith('| `Ac'))
    const told = rows.map((row) => {
      const [, alert, severity, wait, page] =
        /^\| `(\w+)` \| (\w+) \| .+?(?:, for (\w+))? \| \[.+\]\((.+)\) \|$/.exec(row) ?? []
      return { alert, severity, wait, page }
    })
    const expected = alertingRules().map(({ alert, labels, annotations, for: wait }) => {
      const runbook = RUNBOOKS.find((name) => runbookUrl(name) === annotations['runbook_url'])
      const page = runbook && relative(FOLDER, runbookFile(runbook))
      return { alert, severity: labels['severity'], wait, page }
    })
    expect(told).toEqual(expected)
  })
})

describe('the page of dashboards', () => {
  it('is what the code says: `npm run dashboards` writes it', () => {
    expect(read(DASHBOARDS_PAGE)).toBe(dashboardsPage(DASHBOARDS))
  })

  it.each(DASHBOARDS)('has a picture of every question of $uid', (plan) => {
    const picture = read(pictureFile(plan))
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll(/\s+/g, ' ')
    for (const { title } of plan.rows.flatMap(({ questions }) => questions)) expect(picture).toContain(title)
  })
})

describe.each(pages)('the page %s', (page) => {
  it('links to nothing that is not there, runbooks aside', () => {
    const targets = [...read(`${FOLDER}/${page}`).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(
      ([, target]) => target ?? '',
    )
    const inside = targets.map((target) => join(FOLDER, target)).filter((target) => !target.includes('/runbooks/'))
    expect(inside.filter((target) => !existsSync(join(ROOT, target)))).toEqual([])
  })
})
