import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { inspect } from 'node:util'
import { describe, expect, it } from '@jest/globals'
import { readConfig, readServiceConfig } from '../src/index.ts'
import { problemsWith } from './problems.ts'
import { base64, rightEnvironment } from './right-environment.ts'
import { useTemporaryFolder } from './temporary-file.ts'

const folder = useTemporaryFolder()
const SECRETS = ['DATABASE_URL', 'AC_MASTER_KEY', 'AC_HASH_SECRET'] as const

describe('a secret in a file', () => {
  it.each(SECRETS)('may be %s, with or without a newline at its end', (name) => {
    const { [name]: text = '', ...env } = rightEnvironment()
    for (const end of ['', '\n', '\r\n']) {
      const path = folder.file('secret', text + end)
      expect(readServiceConfig({ ...env, [`${name}_FILE`]: path })).toEqual(readServiceConfig(rightEnvironment()))
    }
  })

  it('loses one newline only', () => {
    const path = folder.file('secret', 'postgresql://db\n\n')
    expect(
      readServiceConfig({ ...rightEnvironment(), DATABASE_URL: '', DATABASE_URL_FILE: path }).database.url.reveal(),
    ).toBe('postgresql://db\n')
  })

  it('may be a list of previous master keys, and an empty file is an empty list', () => {
    const keys = [base64('1'.repeat(32)), base64('2'.repeat(32))]
    const read = (content: string): number =>
      readServiceConfig({ ...rightEnvironment(), AC_MASTER_KEYS_PREVIOUS_FILE: folder.file('keys', content) })
        .masterKeys.previous.length
    expect([read(`${keys.join(',')}\n`), read('\n'), read('')]).toEqual([2, 0, 0])
  })

  it('is refused beside the variable itself', () => {
    const path = folder.file('secret', base64('x'.repeat(32)))
    expect(problemsWith({ AC_MASTER_KEY_FILE: path })).toEqual([
      { variable: 'AC_MASTER_KEY', problem: 'must not be set together with AC_MASTER_KEY_FILE' },
    ])
  })

  it('is not looked for when the name of the file is empty', () => {
    expect(problemsWith({ AC_MASTER_KEY_FILE: '' })).toEqual([])
  })

  it('is refused for its content under the name of the variable, without the content', () => {
    const path = folder.file('secret', 'not-base64')
    expect(problemsWith({ AC_MASTER_KEY: '', AC_MASTER_KEY_FILE: path })).toEqual([
      { variable: 'AC_MASTER_KEY', problem: 'must be the padded base64 of exactly 32 bytes' },
    ])
  })
})

describe('the URL of the database in a file', () => {
  const urlIn = (path: string) => readConfig({ DATABASE_URL_FILE: path }, ['database']).database.url

  it('is what the file says whenever it is asked for', () => {
    const url = urlIn(folder.file('url', 'postgresql://u:old@db/ac\n'))
    expect(url.reveal()).toBe('postgresql://u:old@db/ac')
    folder.file('url', 'postgresql://u:new@db/ac\n')
    expect(url.reveal()).toBe('postgresql://u:new@db/ac')
  })

  it('is what it was last while the file is gone, empty or no text', () => {
    const url = urlIn(folder.file('url', 'postgresql://u:old@db/ac'))
    folder.file('url', 'postgresql://u:new@db/ac')
    url.reveal()
    for (const content of ['', '\n', Uint8Array.of(0xff)]) {
      folder.file('url', content)
      expect(url.reveal()).toBe('postgresql://u:new@db/ac')
    }
    rmSync(folder.path('url'))
    expect(url.reveal()).toBe('postgresql://u:new@db/ac')
  })

  it('prints as a secret', () => {
    const url = urlIn(folder.file('url', 'postgresql://u:hunter2@db/ac'))
    expect(`${url} ${JSON.stringify(url)} ${inspect(url, { showHidden: true, depth: 9 })}`).not.toContain('hunter2')
  })
})

describe('a file that cannot be used', () => {
  const problemOf = (path: string): unknown => problemsWith({ AC_HASH_SECRET: '', AC_HASH_SECRET_FILE: path })
  const refused = (fault: string): unknown => [
    {
      variable: 'AC_HASH_SECRET_FILE',
      problem: `must name a readable file of at most 65536 bytes (${fault})`,
    },
  ]

  it('is named by its variable and an error code, never by its path', () => {
    expect(problemOf(folder.path('missing'))).toEqual(refused('ENOENT'))
    expect(problemOf(`${folder.file('secret', 'x')}/below`)).toEqual(refused('ENOTDIR'))
    expect(problemOf('nul\0byte')).toEqual(refused('ERR_INVALID_ARG_VALUE'))
  })

  it('is empty', () => {
    expect(problemOf(folder.file('secret', '\n'))).toEqual([
      { variable: 'AC_HASH_SECRET_FILE', problem: 'must name a file that is not empty' },
    ])
  })

  it('is longer than any secret, or endless', () => {
    expect(problemOf(folder.file('secret', 'a'.repeat(65_537)))).toEqual(refused('it is longer'))
    expect(problemOf('/dev/zero')).toEqual(refused('it is no regular file'))
  })

  it('is a folder, or a pipe that nobody writes to', () => {
    execFileSync('mkfifo', [folder.path('pipe')])
    expect(problemOf(folder.path('pipe'))).toEqual(refused('it is no regular file'))
    expect(problemOf(folder.path('.'))).toEqual(refused('it is no regular file'))
  })

  it('is no text', () => {
    expect(problemOf(folder.file('secret', Uint8Array.of(0xff, 0xfe)))).toEqual(refused('it is not UTF-8'))
  })
})
