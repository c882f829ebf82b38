import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { SPANS, type SpanDefinition } from '../../src/tracing/span-catalogue.ts'

const page = readFileSync(new URL('../../../../../docs/observability/spans.md', import.meta.url), 'utf8')
const spans: readonly SpanDefinition[] = Object.values(SPANS)

describe('docs/observability/spans.md', () => {
  it('has a row for every span, with its place and its attributes', () => {
    const rows = page.split('\n').filter((line) => line.startsWith('| `ac.') && line.split('|').length === 7)
    const code = (text: string): string => `\`${text}\``
    const expected = spans.map(({ name, parent, kind, help, attributes }) => {
      const cells = [code(name), parent === undefined ? '' : code(parent), kind, help, attributes.map(code).join(' ')]
      return `| ${cells.join(' | ')} |`
    })
    expect(rows).toEqual(expected)
  })

  it('explains every attribute', () => {
    const explained = page
      .split('\n')
      .filter((line) => line.startsWith('| `') && line.split('|').length === 4)
      .flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name = '']) => name))
    expect(explained.toSorted()).toEqual([...new Set(spans.flatMap(({ attributes }) => attributes))].toSorted())
  })
})
