import { describe, expect, it } from '@jest/globals'
import { displayWidth } from './display-width.ts'
import { table } from './table.ts'

const linesOf = (text: string): string[] => text.split('\n').slice(0, -1)

describe('table', () => {
  it('aligns columns under their headers, without blanks at the end of a line', () => {
    const text = table(
      [{ header: 'ID' }, { header: 'NAME' }],
      [
        ['one', 'a'],
        ['three', undefined],
      ],
    )
    expect(text).toBe('ID     NAME\none    a\nthree  -\n')
  })

  it('is its headers alone when there are no rows', () => {
    expect(table([{ header: 'ID' }, { header: 'NAME' }], [])).toBe('ID  NAME\n')
  })

  it('aligns characters that are two columns wide', () => {
    const [, wide, narrow] = linesOf(
      table(
        [{ header: 'A' }, { header: 'B' }],
        [
          ['会議', 'x'],
          ['ab', 'x'],
        ],
      ),
    )
    expect(wide).toBe('会議  x')
    expect(narrow).toBe('ab    x')
  })

  it('shows control characters and keeps every row on its line', () => {
    const lines = linesOf(table([{ header: 'NAME' }], [['\u001b[2J\nnext']]))
    expect(lines).toEqual(['NAME', '\\u{1b}[2J\\u{a}next'])
  })

  it('cuts short what may be, the longest first, so that a line has at most 100 columns', () => {
    const columns = [{ header: 'ID' }, { header: 'NAME', shrinks: true }, { header: 'REGION', shrinks: true }]
    const lines = linesOf(table(columns, [['x'.repeat(40), 'n'.repeat(200), 'eu-central-1']]))
    expect(lines.map(displayWidth).every((width) => width <= 100)).toBe(true)
    expect(lines[1]).toContain('x'.repeat(40))
    expect(lines[1]).toMatch(/n…  eu-central-1$/)
  })

  it('never cuts a column that must stay whole', () => {
    expect(table([{ header: 'SCOPE' }], [['s'.repeat(300)]])).toContain('s'.repeat(300))
  })
})
