import { setTimeout as sleep } from 'node:timers/promises'
import { container, succeed } from './container.ts'

const LIMIT_MS = 30_000

/** A container of the service that answers. */
export interface Service {
  readonly id: string
  /** Of its main process, on this machine. */
  readonly pid: number
  readonly apiUrl: string
  readonly managementUrl: string
  /** From the start of the container to the moment at which it took requests, by its own log, in milliseconds. */
  readonly readyAfterMs: number
}

interface LogLine {
  readonly time: string
  readonly msg: string
  readonly port: number
}

/**
 * Waits until a container that was told to choose its ports is ready.
 * @throws {Error} it ended, or was not ready within 30 s
 */
export async function awaitService(id: string): Promise<Service> {
  const [{ State: state }] = JSON.parse(await succeed('inspect', id))
  const deadline = Date.now() + LIMIT_MS
  while (Date.now() < deadline) {
    const { stdout, stderr } = await container('logs', id)
    const lines = stdout.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as LogLine] : []))
    const [api, management] = ['listening', 'management is listening'].map((msg) =>
      lines.find((line) => line.msg === msg),
    )
    if (api && management) {
      const managementUrl = `http://127.0.0.1:${management.port}`
      if ((await fetch(`${managementUrl}/ready`)).ok) {
        const readyAfterMs = Date.parse(api.time) - Date.parse(state.StartedAt)
        return { id, pid: Number(state.Pid), apiUrl: `http://127.0.0.1:${api.port}`, managementUrl, readyAfterMs }
      }
    }
    if ((await succeed('inspect', '--format', '{{.State.Running}}', id)) !== 'true')
      throw new Error(`the service ended: ${stdout}${stderr}`)
    await sleep(50)
  }
  throw new Error(`the service was not ready within ${LIMIT_MS} ms`)
}

/** Asks for a token by the client credentials grant. */
export async function fetchToken(
  { apiUrl }: Pick<Service, 'apiUrl'>,
  { client_id, client_secret }: { readonly client_id: string; readonly client_secret: string },
): Promise<{ readonly status: number; readonly body: Readonly<Record<string, unknown>> }> {
  const response = await fetch(`${apiUrl}/oauth2/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  })
  return { status: response.status, body: (await response.json()) as Readonly<Record<string, unknown>> }
}
