import { readFileSync } from 'node:fs'
import { environmentVariables } from '@ac/environment'
import { describe, expect, it } from '@jest/globals'
import { ROOT } from '../src/run-step.ts'

const readme = readFileSync(`${ROOT}README.md`, 'utf8')

describe('the README', () => {
  it('has one row for every variable of the environment, with its default and meaning, and no other', () => {
    const rows = readme.split('\n').filter((line) => /^\| `(?:AC_|DATABASE_URL|OTEL_)/.test(line))
    const expected = environmentVariables.map((variable) => {
      const { name, required, description, secret } = variable
      const standard = variable.default ? `\`${variable.default}\`` : ''
      return `| \`${name}\` | ${required ? 'required' : standard} | ${description}${secret ? ' (secret)' : ''} |`
    })
    expect(rows).toEqual(expected)
  })
})
