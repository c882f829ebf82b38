import { rotateKeys } from './rotate-keys.ts'
import { InvalidSettings, readSettings } from './settings.ts'

/**
 * Rotates once and tells what became of it in one JSON line.
 * @returns the exit code
 */
export async function start(env: NodeJS.ProcessEnv, writeLine: (line: string) => void): Promise<number> {
  const tell = (level: string, msg: string, fields: object = {}): void =>
    writeLine(JSON.stringify({ level, time: new Date().toISOString(), service: 'rotate-keys', msg, ...fields }))
  try {
    const outcome = await rotateKeys(readSettings(env))
    if (outcome.rotated) {
      const { newKeyId, oldKeyValidUntil } = outcome
      tell('info', 'the signing keys were rotated', { new_key_id: newKeyId, old_key_valid_until: oldKeyValidUntil })
    } else {
      tell('info', 'no rotation is due yet', { retry_after_s: outcome.retryAfterSeconds })
    }
    return 0
  } catch (error) {
    tell('error', (error as Error).message)
    return error instanceof InvalidSettings ? error.exitCode : 1
  }
}
