import { constants } from 'node:fs'
import { access, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'

/** A test cluster takes 40 MiB when new, and its write-ahead log grows; containers often get a /dev/shm of 64 MiB. */
const NEEDED_BYTES = 1024 ** 3

/** Memory where there is enough of it, else the system's temporary folder. */
export async function scratchFolder(): Promise<string> {
  try {
    await access('/dev/shm', constants.W_OK | constants.X_OK)
    const { bavail, bsize } = await statfs('/dev/shm')
    return bavail * bsize >= NEEDED_BYTES ? '/dev/shm' : tmpdir()
  } catch {
    return tmpdir()
  }
}
