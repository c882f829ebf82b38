import { describe, expect, it } from '@jest/globals'
import { DataDirectoryBroken, DataDirectoryInUse, PermissionMissing, PortInUse, StartFailed } from '../errors.ts'
import { LogTail } from '../log-tail.ts'
import { explainEnd, isOrphansStillThere } from './explain-end.ts'

function explained(text: string): Error {
  const log = new LogTail()
  log.append(`2026-01-01 00:00:00.000 UTC [1] LOG:  starting PostgreSQL 18.4\n${text}\n`)
  return explainEnd('/data', 5432, log)
}

describe('explainEnd', () => {
  it.each([
    ['LOG:  could not bind IPv4 address "127.0.0.1": Address already in use', PortInUse],
    ['LOG:  could not bind IPv4 address "127.0.0.1": Permission denied', PermissionMissing],
    ['FATAL:  data directory "/data" has wrong ownership', PermissionMissing],
    ['FATAL:  lock file "postmaster.pid" already exists', DataDirectoryInUse],
    ['FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use', DataDirectoryInUse],
    ['FATAL:  incorrect checksum in control file', DataDirectoryBroken],
    ['PANIC:  could not locate a valid checkpoint record at 0/1B81118', DataDirectoryBroken],
    ['FATAL:  database files are incompatible with server', DataDirectoryBroken],
    ['FATAL:  out of memory', StartFailed],
  ])('takes "%s" for its own kind of failure', (text, kind) => {
    expect(explained(text)).toBeInstanceOf(kind)
  })

  it('names the process that uses the directory', () => {
    const text = 'FATAL:  lock file "postmaster.pid" already exists\nHINT:  Is another postmaster (PID 4711) running?'
    expect(explained(text)).toMatchObject({ pid: 4711 })
    expect(isOrphansStillThere(explained(text))).toBe(false)
  })

  it('knows the orphans of a killed server, which go away by themselves', () => {
    const text = 'FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use'
    expect(isOrphansStillThere(explained(text))).toBe(true)
    expect(isOrphansStillThere(explained('FATAL:  out of memory'))).toBe(false)
  })
})
