/** A server or a database for development could not be had; `code` is stable, the message says what to do. */
export abstract class EmbeddedPostgresError extends Error {
  abstract readonly code: string

  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = new.target.name
  }
}

/** Another program listens on the asked port of 127.0.0.1. */
export class PortInUse extends EmbeddedPostgresError {
  readonly code = 'port_in_use'
  readonly port: number

  constructor(port: number) {
    super(`port ${port} of 127.0.0.1 is taken by another program: stop that program or choose another port`)
    this.port = port
  }
}

/** The directory holds something that this server cannot run on; nothing in it was changed. */
export class DataDirectoryBroken extends EmbeddedPostgresError {
  readonly code = 'data_directory_broken'
  readonly directory: string

  constructor(directory: string, reason: string, options?: ErrorOptions) {
    super(`${directory} ${reason}: move it away or delete it, then start again`, options)
    this.directory = directory
  }
}

/** Another server, still alive, runs on the directory. */
export class DataDirectoryInUse extends EmbeddedPostgresError {
  readonly code = 'data_directory_in_use'
  readonly directory: string
  /** Process id of that server's postmaster, where PostgreSQL told it. */
  readonly pid: number | undefined

  constructor(directory: string, pid: number | undefined) {
    const owner = pid === undefined ? 'another PostgreSQL server' : `the PostgreSQL server with process id ${pid}`
    super(`${directory} is in use by ${owner}: stop that server first (kill -INT) or choose another directory`)
    this.directory = directory
    this.pid = pid
  }
}

/** The operating system refused a file operation that the server needs. */
export class PermissionMissing extends EmbeddedPostgresError {
  readonly code = 'permission_missing'

  /** @param refusal what was refused, as the start of a sentence; @param remedy what to do, as its end */
  constructor(refusal: string, remedy: string, options?: ErrorOptions) {
    super(`${refusal}: ${remedy}`, options)
  }
}

/** No PostgreSQL that runs on this machine is installed. */
export class BinariesMissing extends EmbeddedPostgresError {
  readonly code = 'binaries_missing'
}

/** `initdb` or the server did not finish starting within the limit; it was stopped. */
export class NotReadyInTime extends EmbeddedPostgresError {
  readonly code = 'not_ready_in_time'
  /** What the program wrote last. */
  readonly log: string

  constructor(program: string, limitMs: number, log: string) {
    super(`${program} was not ready after ${limitMs / 1000} s: the machine may be overloaded; its last words: ${log}`)
    this.log = log
  }
}

/** `initdb` or the server ended for a reason that has no class of its own. */
export class StartFailed extends EmbeddedPostgresError {
  readonly code = 'start_failed'
  /** What the program wrote last. */
  readonly log: string

  constructor(program: string, log: string) {
    super(`${program} ended before it was ready: see its last words: ${log}`)
    this.log = log
  }
}

/** The kind of test server that the environment asks for cannot be had. */
export class TestServerUnavailable extends EmbeddedPostgresError {
  readonly code = 'test_server_unavailable'
}

/** A database that no test made was about to be dropped; it was left alone. */
export class ForeignDatabase extends EmbeddedPostgresError {
  readonly code = 'foreign_database'

  constructor(name: string) {
    super(`${JSON.stringify(name)} is not the name of a test database: only ac_test_<16 hex digits> is dropped`)
  }
}
