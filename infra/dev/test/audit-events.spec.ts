import { readFileSync } from 'node:fs'
import { AUDIT_EVENT_TYPES } from '@ac/kernel'
import { describe, expect, it } from '@jest/globals'
import { ROOT } from '../src/run-step.ts'

const page = readFileSync(`${ROOT}docs/audit-events.md`, 'utf8')

/** The cells of each row of the catalogue. */
const rows = page
  .split('\n')
  .filter((line) => /^\| `[a-z_]+\.[a-z_]+` \|/.test(line))
  .map((line) => line.split('|').slice(1, -1))

describe('the catalogue of audit events', () => {
  it('has one row for every type of event, in their order, and no other', () => {
    expect(rows.map(([type]) => type?.trim().slice(1, -1))).toEqual([...AUDIT_EVENT_TYPES])
  })

  it('says of each when it is written, by whom, about what and why', () => {
    for (const cells of rows) {
      expect(cells).toHaveLength(5)
      expect(cells[1]?.trim()).not.toBe('')
    }
  })
})
