import { describe, expect, it } from '@jest/globals'
import { cpuMicroseconds, parseCpuMicroseconds, parsePeakMemoryMib, peakMemoryMib } from './process-figures.ts'

const stat = (name: string): string =>
  `4711 (${name}) S 1 4711 4711 0 -1 4194560 9999 8888 77 66 250 150 5 6 20 0 11 0 12345 1000 200 1844`

describe('the CPU time of a process', () => {
  it.each(['node', 'a (b) c', ') S 1 2 3 4 5 6 7 8 9 10 11 12 13', ''])(
    'is user and system time, all threads, whatever its name is: %j',
    (name) => {
      expect(parseCpuMicroseconds(stat(name))).toBe(4_000_000)
    },
  )
})

describe('the peak memory of a process', () => {
  it('is its greatest resident set, in MiB', () => {
    const status = 'Name:\tnode\nVmPeak:\t 9999999 kB\nVmHWM:\t  188000 kB\nVmRSS:\t  100000 kB\n'
    expect(parsePeakMemoryMib(status)).toBe(184)
  })
})

const onLinux = process.platform === 'linux' ? describe : describe.skip

onLinux('this process', () => {
  it('has used CPU time and memory', () => {
    expect(cpuMicroseconds(process.pid)).toBeGreaterThan(0)
    expect(peakMemoryMib(process.pid)).toBeGreaterThan(10)
  })
})
