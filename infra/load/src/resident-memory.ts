import { readFileSync } from 'node:fs'

/** Resident memory of a process in MiB; `undefined` where there is no `/proc`, or the process is gone. */
export function residentMemoryMib(pid: number): number | undefined {
  try {
    const [, kib] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return kib === undefined ? undefined : Math.round(Number(kib) / 1024)
  } catch {
    return undefined
  }
}
