import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { formatPosition, positionOf, type ChainedEvent } from '@ac/audit'
import { TrailHistory } from '@ac/audit/testing'
import { inMemoryProgram } from '../../../test/in-memory-program.ts'

const history = new TrailHistory(2)
for (const writer of [0, 1]) history.record(writer, {}, {}, {})
history.vouch(1)
const { rows } = history
const writer = rows[0]?.writer

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'acctl-verify-'))
})
afterAll(() => rm(folder, { recursive: true }))

const verify = (trail: readonly ChainedEvent[], ...args: readonly string[]) =>
  inMemoryProgram([], undefined, trail).run('audit', 'verify', ...args)

describe('acctl audit verify', () => {
  it('says of an intact trail what was checked, with exit code 0', async () => {
    expect(await verify(rows)).toEqual({
      json: {
        intact: true,
        events: 9,
        chains: 2,
        open_chains: 2,
        named_positions: 1,
        dropped_before: null,
        findings: [],
        findings_in_all: 0,
      },
      text:
        '9 events in 2 chains, and 1 places that checkpoints saw\n' +
        '2 chains are open: what came last there, only --log can miss\n' +
        'the audit trail is intact\n',
      exitCode: 0,
    })
  })

  it('says of any other where it is broken and how, with exit code 1', async () => {
    const { json, text, exitCode } = await verify(rows.toSpliced(1, 2))
    expect(exitCode).toBe(1)
    expect(json).toMatchObject({
      intact: false,
      findings: [{ fault: 'missing', writer, first: 2, last: 3, occurred_at: '2026-03-01T00:00:03.000Z' }],
      findings_in_all: 1,
    })
    expect(text).toContain('THE AUDIT TRAIL IS NOT INTACT')
    expect(text).toMatch(new RegExp(`^missing +${writer} +2-3 +2026-03-01T00:00:03\\.000Z$`, 'm'))
    expect(text).toMatch(/^ {2}missing: there was an event/m)
  })

  it('looks at a part', async () => {
    const args = ['--from', '2026-03-01T00:00:04Z', '--until', '2026-03-01T00:00:06Z']
    expect((await verify(rows, ...args)).json).toMatchObject({ events: 2, intact: true })
  })

  it('misses what the log saw', async () => {
    const [last] = rows.slice(-1)
    const path = join(folder, 'service.log')
    const position = last && formatPosition(positionOf(last))
    const line = JSON.stringify({ level: 'info', position, msg: 'audit checkpoint' })
    writeFileSync(
      path,
      [
        'not JSON',
        `{"msg":"audit checkpoint"}`,
        `pod-1 ${line}`,
        JSON.stringify({ log: line }),
        'x'.repeat(99_999),
      ].join('\n'),
    )
    expect((await verify(rows, '--log', path)).json).toMatchObject({ intact: true, named_positions: 3 })
    const { json, exitCode } = await verify(rows.slice(0, -1), '--log', path)
    expect(json).toMatchObject({ findings: [{ fault: 'missing', writer: last?.writer, first: 5, last: 5 }] })
    expect(exitCode).toBe(1)
  })

  it('fails on a log that is not there, and does not repeat its name', async () => {
    const failed = verify(rows, '--log', join(folder, 'hunter2'))
    await expect(failed).rejects.toMatchObject({ code: 'log_unreadable' })
  })
})
