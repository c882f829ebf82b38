import { readFileSync } from 'node:fs'
import { platform } from 'node:process'

/** The kernel reports CPU time to user space in hundredths of a second, on every architecture that Node runs on. */
const MICROSECONDS_PER_TICK = 10_000

/** CPU time that a process has used so far, all its threads, in microseconds. `undefined` where there is no `/proc`. */
export const cpuMicroseconds = (pid: number): number | undefined =>
  platform === 'linux' ? parseCpuMicroseconds(readFileSync(`/proc/${pid}/stat`, 'utf8')) : undefined

/** The most memory that a process has ever held, in MiB. `undefined` where there is no `/proc`. */
export const peakMemoryMib = (pid: number): number | undefined =>
  platform === 'linux' ? parsePeakMemoryMib(readFileSync(`/proc/${pid}/status`, 'utf8')) : undefined

/** @param stat as proc_pid_stat(5) describes it */
export function parseCpuMicroseconds(stat: string): number {
  // The name of the program, in parentheses, may hold anything; the fields are counted from behind it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * MICROSECONDS_PER_TICK
}

/** @param status as proc_pid_status(5) describes it */
export const parsePeakMemoryMib = (status: string): number =>
  Math.round(Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024)
