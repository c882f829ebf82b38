import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'

/** One notification of Alertmanager. */
export interface Notification {
  /** The receiver that it was for. */
  readonly receiver: string
  readonly status: 'firing' | 'resolved'
  readonly alerts: readonly {
    readonly status: 'firing' | 'resolved'
    readonly labels: Readonly<Record<string, string>>
    readonly annotations: Readonly<Record<string, string>>
  }[]
}

/** Stands for the pager and the chat. */
export interface Webhook {
  readonly url: string
  /** Everything that came so far. */
  readonly notifications: readonly Notification[]
  readonly stop: () => void
}

/** Takes Alertmanager's notifications on loopback. */
export async function startWebhook(): Promise<Webhook> {
  const notifications: Notification[] = []
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    notifications.push((await json(request)) as Notification)
    response.end()
  }
  const server = createServer((request, response) => void take(request, response)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    notifications,
    stop: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
