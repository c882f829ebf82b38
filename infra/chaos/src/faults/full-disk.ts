import { execFile } from 'node:child_process'
import { chown, mkdir, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { Experiment } from '../experiment.ts'

const run = promisify(execFile)

/** What the disk holds besides the table that is moved there. */
const SPARE_MIB = 4

/**
 * Moves this month's audit events to a small disk of their own, and fills that up with something else. Needs the right
 * to mount a tmpfs.
 */
export async function withFullDisk(experiment: Experiment, meanwhile: () => Promise<void>): Promise<void> {
  const { database, query } = experiment.stage
  const [partition] = await query<{ name: string; mib: number }>(
    `select name, (pg_relation_size(name::regclass) / 1048576)::int as mib
     from to_char(now() at time zone 'UTC', '"audit_events_"YYYY_MM') as name`,
  )
  const { name = '', mib = 0 } = partition ?? {}
  const disk = join(dirname(database.dataDirectory), `chaos-disk-${process.pid}`)
  await mkdir(disk, { recursive: true })
  await run('mount', ['-t', 'tmpfs', '-o', `size=${mib + SPARE_MIB}m`, 'tmpfs', disk])
  const ballast = join(disk, 'ballast')
  try {
    const { uid, gid } = await stat(database.dataDirectory)
    const space = join(disk, 'space')
    await mkdir(space)
    await chown(space, uid, gid)
    await query(`create tablespace chaos_disk location '${space}'`)
    await query(`alter table ${name} set tablespace chaos_disk`)
    await experiment.damage(
      // Ends when nothing more fits, with an error that says so.
      () => run('dd', ['if=/dev/zero', `of=${ballast}`, 'bs=4k', 'status=none']).catch(() => {}),
      meanwhile,
      () => rm(ballast),
    )
    await query(`alter table ${name} set tablespace pg_default`)
    await query('drop tablespace chaos_disk')
  } finally {
    await run('umount', ['-l', disk])
    await rm(disk, { recursive: true, force: true })
  }
}
