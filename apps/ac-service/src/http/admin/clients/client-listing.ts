import type { ClientPosition, ClientRegistry, ClientWithSecrets } from '@ac/client-validation'
import { clientId } from '@ac/kernel'
import type { Listing } from '../../paging/pages.ts'

const PLACE = /^(\S+) (\S+)$/

/** All clients, oldest first. */
export const clientListing = (registry: Pick<ClientRegistry, 'list'>): Listing<ClientWithSecrets, ClientPosition> => ({
  name: 'clients',
  positionOf: ({ client }) => client,
  writePosition: ({ createdAt, id }) => `${createdAt.toISOString()} ${id}`,
  readPosition: (text) => {
    const [, time = '', id = ''] = PLACE.exec(text) ?? []
    const createdAt = new Date(time)
    return Number.isNaN(createdAt.getTime()) ? undefined : { createdAt, id: clientId(id) }
  },
  list: (limit, after) => registry.list(limit, after),
})
