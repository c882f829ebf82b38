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
  /** From the start of the container's process, as the kernel counts it, to the first 200 of `/ready`. */
  readonly readyAfterMs: number
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
    const portOf = (message: string): string | undefined =>
      new RegExp(`"msg":"${message}".*?"port":(\\d+)|"port":(\\d+).*?"msg":"${message}"`)
        .exec(stdout)
        ?.slice(1)
        .find(Boolean)
    const [api, management] = [portOf('listening'), portOf('management is listening')]
    if (api !== undefined && management !== undefined) {
      const managementUrl = `http://127.0.0.1:${management}`
      if ((await fetch(`${managementUrl}/ready`)).ok) {
        const readyAfterMs = Date.now() - Date.parse(state.StartedAt)
        return { id, pid: Number(state.Pid), apiUrl: `http://127.0.0.1:${api}`, managementUrl, readyAfterMs }
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
