import type { DemoClient } from './demo-client.ts'
import type { Addresses } from './environment.ts'

/** What somebody who has just started the service wants to know. */
export const announcement = ({ http, management }: Addresses, client: DemoClient, dataDirectory: string): string => `
ac-service is running.

  API          ${http.url}
  Management   ${management.url}

  client_id      ${client.client_id}
  client_secret  ${client.client_secret}

Get a token:

  curl -s -u '${client.client_id}:${client.client_secret}' -d grant_type=client_credentials ${http.url}/oauth2/token

Ctrl-C stops everything; the data stays in ${dataDirectory} for the next start.

`
