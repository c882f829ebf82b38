import { describe, expect, it } from '@jest/globals'
import { TrailHistory } from '@ac/audit/testing'
import type { AuditEvent } from '@ac/kernel'
import { inMemoryProgram } from '../../../test/in-memory-program.ts'

const CLIENT = 'svc_0123456789ABCDEFabcdef'

interface Listing {
  readonly events: readonly { readonly type: string; readonly target: string | null; readonly occurred_at: string }[]
  readonly next_cursor: string | null
}

function programWith(...events: readonly Partial<AuditEvent>[]) {
  const history = new TrailHistory(1)
  history.record(0, ...events)
  const { run } = inMemoryProgram([], undefined, history.rows)
  const list = async (...args: readonly string[]) => (await run('audit', 'list', ...args)).json as Listing
  const targets = async (...args: readonly string[]) => (await list(...args)).events.map(({ target }) => target)
  return { run, list, targets }
}

const numbered = Array.from({ length: 60 }, (_, index) => ({ target: `jti-${index}` }))

describe('acctl audit list', () => {
  it('prints the last fifty events, newest first', async () => {
    const { list } = programWith(...numbered)
    const { events } = await list('--type', 'token.issued')
    expect(events).toHaveLength(50)
    expect(events[0]?.target).toBe('jti-59')
  })

  it('gives pages that together are all, each event once, and no cursor after the last', async () => {
    const { list } = programWith(...numbered.slice(0, 5))
    const listed: (string | null)[] = []
    let cursor: readonly string[] = []
    for (let pages = 0; pages < 3; pages++) {
      const page = await list('--type', 'token.issued', '--limit', '2', ...cursor)
      listed.push(...page.events.map(({ target }) => target))
      cursor = ['--cursor', String(page.next_cursor)]
    }
    expect(listed).toEqual(['jti-4', 'jti-3', 'jti-2', 'jti-1', 'jti-0'])
    expect(cursor).toEqual(['--cursor', 'null'])
  })

  it('takes type, client and time', async () => {
    const at = (hour: number) => new Date(Date.UTC(2026, 2, 1, hour))
    const { targets } = programWith(
      { actor: CLIENT, target: 'a', occurredAt: at(1) },
      { type: 'client.disabled', target: CLIENT, occurredAt: at(2) },
      { actor: CLIENT, target: 'b', occurredAt: at(3) },
      { target: 'c', occurredAt: at(4) },
    )
    expect(await targets('--client', CLIENT)).toEqual(['b', CLIENT, 'a'])
    expect(await targets('--client', CLIENT, '--type', 'token.issued')).toEqual(['b', 'a'])
    const time = ['--from', '2026-03-01T02:00:00Z', '--until', '2026-03-01T05:00:00+01:00']
    expect(await targets(...time)).toEqual(['b', CLIENT])
  })

  it('prints every field as the API does', async () => {
    const { list } = programWith({ actor: undefined, reason: 'x', outcome: 'failure' })
    expect((await list('--type', 'token.issued')).events).toEqual([
      {
        occurred_at: expect.stringMatching(/^2026-03-01T00:00:01\.000Z$/),
        type: 'token.issued',
        outcome: 'failure',
        reason: 'x',
        actor: null,
        target: 'jti',
        request_id: null,
        source: null,
        trace_id: null,
        writer: expect.stringMatching(/^[0-9a-f-]{36}$/),
        sequence: 2,
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ])
  })

  it('prints a table of at most 100 columns, and how to get the next page', async () => {
    const kid = 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k'
    const reason = 'authentication_throttled'
    const { run } = programWith(
      { type: 'client.authentication_throttled', outcome: 'failure', reason, target: CLIENT, actor: '\u001b[31m' },
      { type: 'signing_key.rotation_refused', target: kid },
    )
    const { text, json } = await run('audit', 'list', '--limit', '2')
    const lines = text.split('\n')
    expect(lines[0]).toMatch(/^TIME +TYPE +OUTCOME +ACTOR +TARGET$/)
    expect(lines[1]).toMatch(/^2026-03-01T00:00:02Z +\S+ +success +\S+ +\S+/)
    expect(text).not.toContain('\u001b')
    expect(Math.max(...lines.slice(0, 3).map((line) => line.length))).toBeLessThanOrEqual(100)
    expect(text).toContain(`--cursor ${(json as Listing).next_cursor}\n`)
  })

  it.each([
    ['a type that there is not', ['--type', 'token.made']],
    ['no client id', ['--client', 'svc_x']],
    ['a time without its offset', ['--from', '2026-03-01T00:00:00']],
    ['a day that there is not', ['--until', '2026-02-30T00:00:00Z']],
    ['a limit of none', ['--limit', '0']],
    ['a cursor that was never given', ['--cursor', 'abc']],
  ])('refuses %s', async (_, args) => {
    await expect(programWith().run('audit', 'list', ...args)).rejects.toMatchObject({ name: 'CommanderError' })
  })
})
