import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'
import type { AlertmanagerConfiguration } from '../rules/alertmanager-file.ts'
import { freePort } from './free-port.ts'
import { startServerProcess } from './server-process.ts'

type Labels = Readonly<Record<string, string>>

/** An alert that Alertmanager holds. */
export interface HeldAlert {
  readonly labels: Labels
  /** Another alert keeps it from being told. */
  readonly inhibited: boolean
}

/** An Alertmanager on loopback. */
export interface Alertmanager {
  readonly port: number
  /** Says, as Prometheus does, that alerts with these labels fire. */
  readonly raise: (alerts: readonly Labels[]) => Promise<void>
  readonly alerts: () => Promise<readonly HeldAlert[]>
  readonly stop: () => Promise<void>
}

export async function startAlertmanager(configuration: AlertmanagerConfiguration): Promise<Alertmanager> {
  const folder = await mkdtemp(join(tmpdir(), 'ac-alertmanager-'))
  await writeFile(join(folder, 'alertmanager.yaml'), stringify(configuration))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const server = await startServerProcess(
    'prometheus-alertmanager',
    [
      `--config.file=${folder}/alertmanager.yaml`,
      `--storage.path=${folder}/data`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--cluster.listen-address=',
      '--log.level=warn',
    ],
    url,
  )
  return {
    port,
    raise: async (alerts) => {
      const answer = await fetch(`${url}/api/v2/alerts`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(alerts.map((labels) => ({ labels }))),
      })
      if (!answer.ok) throw new Error(`Alertmanager answers ${answer.status}: ${await answer.text()}`)
    },
    alerts: async () => {
      const held = (await (await fetch(`${url}/api/v2/alerts`)).json()) as readonly RawAlert[]
      return held.map(({ labels, status }) => ({ labels, inhibited: status.inhibitedBy.length > 0 }))
    },
    stop: async () => {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

interface RawAlert {
  readonly labels: Labels
  readonly status: { readonly inhibitedBy: readonly string[] }
}
