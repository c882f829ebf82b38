import type { SpawnOptions } from 'node:child_process'
import type { Account } from './account.ts'

/**
 * How every child is started: in a session of its own, so that the terminal's Ctrl-C reaches this process alone; with
 * an environment that holds no secret and no PG* variable; in a folder that every user can enter.
 * LC_ALL and TZ are fixed: messages stay English, and a cluster is the same on every machine.
 */
export function childOptions(account: Account | undefined): SpawnOptions {
  const { PATH = '/usr/local/bin:/usr/bin:/bin', TMPDIR } = process.env
  return {
    cwd: '/',
    detached: true,
    env: { PATH, LC_ALL: 'C', TZ: 'UTC', ...(TMPDIR === undefined ? {} : { TMPDIR }) },
    ...(account === undefined ? {} : { uid: account.uid, gid: account.gid }),
  }
}
