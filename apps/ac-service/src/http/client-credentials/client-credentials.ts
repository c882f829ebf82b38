import { Secret } from '@ac/kernel'
import { InvalidRequest, NoClientCredentials } from '../errors/request-errors.ts'
import { readBasicCredentials, type PresentedCredentials } from './basic-credentials.ts'

/**
 * Finds the client's credentials in a request: `client_secret_basic` or `client_secret_post`, never both
 * (RFC 6749 section 2.3).
 * @throws {InvalidRequest} two mechanisms at once, or two different client ids
 * @throws {NoClientCredentials} none, or none of a kind that is offered
 */
export function readClientCredentials(
  authorization: string | undefined,
  form: ReadonlyMap<string, string>,
): PresentedCredentials {
  const clientId = form.get('client_id')
  const secret = form.get('client_secret')
  const asserted = form.has('client_assertion') || form.has('client_assertion_type')
  const mechanisms = [authorization !== undefined, secret !== undefined, asserted].filter(Boolean).length
  if (mechanisms > 1) throw new InvalidRequest('the request uses more than one client authentication mechanism')
  if (authorization !== undefined) {
    const credentials = readBasicCredentials(authorization)
    if (clientId !== undefined && clientId !== credentials.clientId) {
      throw new InvalidRequest('client_id differs from the client that authenticates')
    }
    return credentials
  }
  if (clientId === undefined || secret === undefined) throw new NoClientCredentials()
  return { clientId, secret: new Secret(secret) }
}
