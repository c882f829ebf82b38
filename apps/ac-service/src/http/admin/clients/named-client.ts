import { parseClientId, UnknownClient } from '@ac/client-validation'
import type { ClientId } from '@ac/kernel'
import { CLIENTS } from './registered.ts'

/** Where one client is. */
export const CLIENT = `${CLIENTS}/:client_id`

/**
 * The id in a path.
 * @throws {UnknownClient} it has not the form of an id that was ever given
 */
export function namedClient(text: string): ClientId {
  const id = parseClientId(text)
  if (!id) throw new UnknownClient()
  return id
}
