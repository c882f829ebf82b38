import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, afterEach, beforeAll } from '@jest/globals'
import { StartProcess, type User } from './start-process.ts'

/** A folder for the data of starts, and the starts of one spec file; none of them outlives its test. */
export interface Scene {
  /** A path below the folder. */
  path(...names: readonly string[]): string
  /**
   * Starts with free ports and the data directory `data`.
   * @param changes to the environment; the start sees nothing of the tests' own but PATH and HOME
   */
  start(data: string, changes?: Readonly<Record<string, string>>, user?: User): StartProcess
}

/**
 * In the place of nx, because @ac/dev's `test` target has already built the two apps: the real one, run from here,
 * would put the programs into place anew while other tests run them.
 */
const NX = '#!/bin/sh\nprintf "%s\\n" "$*" >"${0%/*}/asked"\n'

/** @param nx what runs in the place of nx, as a shell script */
export function useStarts(nx: string = NX): Scene {
  let folder = ''
  const started: StartProcess[] = []
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ac-start-'))
    // Root's PostgreSQL runs as another user, who must be able to enter.
    chmodSync(folder, 0o755)
    mkdirSync(join(folder, 'bin'))
    chmodSync(join(folder, 'bin'), 0o777)
    writeFileSync(join(folder, 'bin', 'nx'), nx, { mode: 0o755 })
  })
  afterEach(async () => {
    for (const start of started.splice(0)) await start.clear()
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const path = (...names: readonly string[]): string => join(folder, ...names)
  return {
    path,
    start: (data, changes = {}, user = {}) => {
      const env = {
        PATH: [path('bin'), process.env['PATH']].join(delimiter),
        HOME: process.env['HOME'],
        AC_DATA_DIR: path(data),
        AC_HTTP_PORT: '0',
        AC_MANAGEMENT_PORT: '0',
        ...changes,
      }
      const start = new StartProcess(env, user)
      started.push(start)
      return start
    },
  }
}
