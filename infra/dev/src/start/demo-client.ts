import { join } from 'node:path'
import { AcctlFailed } from './acctl.ts'
import { readPrivate, writePrivate } from './private-file.ts'
import { StartFailed } from './start-failed.ts'

/** A client to play with. */
export interface DemoClient {
  readonly client_id: string
  readonly client_secret: string
}

/**
 * Runs a command of acctl and gives the JSON that it printed.
 * @throws {AcctlFailed}
 */
type Operate = (...args: string[]) => Promise<string>

const NEW = ['clients', 'create', '--name', 'Demo', '--scope', 'demo.read demo.write', '--region', 'local']

/** The demo client of earlier starts, or a new one when there is none or the database does not know it. */
export async function demoClient(directory: string, operate: Operate): Promise<DemoClient> {
  const file = join(directory, 'demo-client.json')
  const kept = parse((await readPrivate(file)) ?? '')
  if (kept && (await isRegistered(kept, operate))) return kept
  const made = parse(await operate(...NEW))
  if (!made) throw new StartFailed('the demo client could not be made: acctl printed no credentials')
  await writePrivate(file, `${JSON.stringify(made, null, 2)}\n`)
  return made
}

async function isRegistered({ client_id }: DemoClient, operate: Operate): Promise<boolean> {
  try {
    await operate('clients', 'show', client_id)
    return true
  } catch (error) {
    if (error instanceof AcctlFailed && error.code === 'unknown_client') return false
    throw error
  }
}

/** `undefined` for what is no client, as a file is that somebody has edited. */
function parse(text: string): DemoClient | undefined {
  try {
    const { client_id, client_secret } = JSON.parse(text) as Partial<DemoClient>
    return client_id && client_secret ? { client_id, client_secret } : undefined
  } catch {
    return undefined
  }
}
