import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A process that runs. */
export interface Listed {
  readonly pid: number
  readonly parent: number
  readonly command: string
}

/** Every process that runs; not those that have ended and only wait for their parent to notice. */
export async function listProcesses(): Promise<readonly Listed[]> {
  // A small Linux has no ps, and no other system has this /proc.
  if (process.platform === 'linux') return readdirSync('/proc').flatMap(readProcess)
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid=,stat=,args='], { maxBuffer: 1 << 24 })
  return stdout.split('\n').flatMap((line) => {
    const [, pid, parent, state = 'Z', command = ''] = /^ *(\d+) +(\d+) +(\S+) +(.*)$/.exec(line) ?? []
    return state.startsWith('Z') ? [] : [{ pid: Number(pid), parent: Number(parent), command }]
  })
}

function readProcess(name: string): readonly Listed[] {
  if (!/^\d+$/.test(name)) return []
  try {
    const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0').join(' ').trim()
    return state === 'Z' ? [] : [{ pid: Number(name), parent: Number(parent), command }]
  } catch {
    return [] // It has ended meanwhile.
  }
}

/** All that a process has started, directly or not, as far as each parent is still alive. */
export async function descendants(ancestor: number): Promise<readonly Listed[]> {
  const all = await listProcesses()
  const below = (parent: number): readonly Listed[] =>
    all.filter((listed) => listed.parent === parent).flatMap((listed) => [listed, ...below(listed.pid)])
  return below(ancestor)
}

/** The processes on whose command line a text stands. */
export const runningWith = async (text: string): Promise<readonly Listed[]> =>
  (await listProcesses()).filter(({ command }) => command.includes(text))
