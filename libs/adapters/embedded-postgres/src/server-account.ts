import { stat } from 'node:fs/promises'
import type { Account } from './account.ts'
import { PermissionMissing } from './errors.ts'
import { runCommand } from './run-command.ts'

/**
 * Whom the server runs as: `undefined` (this process' own user) unless this process is root, which PostgreSQL refuses.
 * For root it is the owner of the data directory when that is another user, so that their later starts still work;
 * else `postgres`, else `nobody`. No user is created.
 * @throws {PermissionMissing} root, and neither user exists
 */
export async function serverAccount(dataDirectory: string): Promise<Account | undefined> {
  if (process.geteuid?.() !== 0) return undefined
  const owner = await stat(dataDirectory).catch(() => undefined)
  if (owner !== undefined && owner.uid !== 0) return { name: `uid ${owner.uid}`, uid: owner.uid, gid: owner.gid }
  const account = (await lookUp('postgres')) ?? (await lookUp('nobody'))
  if (account !== undefined) return account
  throw new PermissionMissing(
    'PostgreSQL refuses to run as root, and neither a user postgres nor a user nobody exists',
    'create one of them or start as another user',
  )
}

async function lookUp(name: string): Promise<Account | undefined> {
  const [uid, gid] = await Promise.all([idOf('-u', name), idOf('-g', name)])
  return uid === undefined || gid === undefined || uid === 0 ? undefined : { name, uid, gid }
}

async function idOf(flag: '-u' | '-g', name: string): Promise<number | undefined> {
  const { exitCode, output } = await runCommand('id', [flag, name], { limitMs: 10_000 })
  const id = Number(output.trim())
  return exitCode === 0 && Number.isInteger(id) ? id : undefined
}
