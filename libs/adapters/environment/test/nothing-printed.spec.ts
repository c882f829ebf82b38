import { inspect } from 'node:util'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { environmentVariables, InvalidEnvironment, readServiceConfig } from '../src/index.ts'
import { base64, rightEnvironment } from './right-environment.ts'
import { useTemporaryFolder } from './temporary-file.ts'

const folder = useTemporaryFolder()
const MARK = '§'

/** What makes the beginning of a value right, so that the garbage gets as far into a parser as it can. */
const beginning = fc.constantFrom(
  '',
  '1',
  '10.0.0.0/',
  '-----BEGIN CERTIFICATE-----',
  'https://ac:',
  'urn:',
  '/tmp/',
  'AAAA',
)
/** Garbage with a mark at every second place: any two of its characters in a message are found by the mark. */
const garbage = fc.tuple(beginning, fc.string({ unit: 'binary', maxLength: 40 })).map(([start, text]) => {
  return `${start}${MARK}${text.split('').join(MARK)}${MARK}`
})
const names = environmentVariables.flatMap(({ name, secret }) => (secret ? [name, `${name}_FILE`] : [name]))
const environment = fc.record(Object.fromEntries(names.map((name) => [name, garbage])), { requiredKeys: [] })

function printed(env: NodeJS.ProcessEnv): string {
  try {
    readServiceConfig(env)
    return ''
  } catch (error) {
    if (!(error instanceof InvalidEnvironment)) throw error
    return [error.message, error.stack, JSON.stringify(error), inspect(error, { depth: null, showHidden: true })].join(
      '\n',
    )
  }
}

describe('InvalidEnvironment', () => {
  it('shows nothing of any value, in its message, stack, JSON or inspection', () => {
    fc.assert(
      fc.property(environment, (env) => {
        expect(printed({ AC_ISSUER: MARK, ...env })).not.toContain(MARK)
      }),
      { numRuns: 100 },
    )
  })

  it('shows nothing of what a secret file holds', () => {
    fc.assert(
      fc.property(garbage, (text) => {
        const path = folder.file(`${MARK}secret`, text)
        const text2 = printed({ AC_MASTER_KEY_FILE: path, AC_HASH_SECRET_FILE: path, AC_DATABASE_CA_FILE: path })
        expect(text2).toContain('AC_MASTER_KEY must be')
        expect(text2).not.toContain(MARK)
      }),
      { numRuns: 50 },
    )
  })

  it('shows nothing of a secret that is right, or nearly', () => {
    const { AC_MASTER_KEY: key = '', AC_HASH_SECRET: secret = '', DATABASE_URL: url = '' } = rightEnvironment()
    const text = printed({
      DATABASE_URL: url,
      AC_MASTER_KEY: key,
      AC_MASTER_KEYS_PREVIOUS: key,
      AC_HASH_SECRET: secret.slice(1),
      AC_ISSUER: 'https://ac:passw0rd@ac.example',
    })
    expect(text).toContain('AC_MASTER_KEYS_PREVIOUS must not hold AC_MASTER_KEY')
    expect(text).not.toMatch(new RegExp(['passw0rd', base64('mmmmmm'), base64('hhhhhh').slice(1), 'example'].join('|')))
  })

  it('tells the exit code of a wrong configuration', () => {
    const error = new InvalidEnvironment([{ variable: 'AC_ISSUER', problem: 'is required' }])
    expect([error.exitCode, error.name, error.message]).toEqual([
      78,
      'InvalidEnvironment',
      'the environment is not usable:\n  AC_ISSUER is required',
    ])
  })
})
