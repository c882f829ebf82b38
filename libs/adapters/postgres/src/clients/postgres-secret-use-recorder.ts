import { USE_RESOLUTION_SECONDS, type SecretUseRecorder } from '@ac/client-validation'
import type { SecretId } from '@ac/kernel'
import { sql } from 'kysely'
import type { Database } from '../database.ts'

/** Secrets whose use may wait to be written: a few hundred bytes each. */
const MAX_NOTED = 10_000
/** Secrets whose use one statement writes, so that none holds many rows for long. */
const MAX_BATCH = 500

/**
 * Collects uses of secrets in memory and writes them a batch at a time. A row that somebody else has locked is skipped
 * (he writes the same time, or is about to remove it), so replicas neither wait for each other here nor deadlock; and a
 * time that another replica has just written is not written again.
 */
export class PostgresSecretUseRecorder implements SecretUseRecorder {
  readonly #db: Database
  readonly #noted = new Map<SecretId, Date>()

  constructor(db: Database) {
    this.#db = db
  }

  note(secret: SecretId, at: Date): void {
    const known = this.#noted.get(secret)
    if (known ? known >= at : this.#noted.size >= MAX_NOTED) return
    this.#noted.set(secret, at)
  }

  async flush(): Promise<void> {
    const noted = [...this.#noted]
    for (let start = 0; start < noted.length; start += MAX_BATCH) {
      const batch = noted.slice(start, start + MAX_BATCH)
      await this.#write(batch)
      // What was noted meanwhile stays, and is found to be too early to be written.
      for (const [secret, at] of batch) if (this.#noted.get(secret) === at) this.#noted.delete(secret)
    }
  }

  async #write(batch: readonly (readonly [SecretId, Date])[]): Promise<void> {
    const uses = JSON.stringify(batch.map(([id, at]) => ({ id, at })))
    const resolution = sql.lit(`${USE_RESOLUTION_SECONDS} seconds`)
    await sql`
      with due as (
        select s.id, used.at
        from json_to_recordset(${uses}::json) as used (id text, at timestamptz)
        join client_secrets s using (id)
        where s.last_used_at is null or s.last_used_at <= used.at - ${resolution}::interval
        for update of s skip locked)
      update client_secrets s set last_used_at = due.at from due where s.id = due.id`.execute(this.#db)
  }
}
