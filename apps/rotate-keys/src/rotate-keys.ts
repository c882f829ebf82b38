import type { Settings } from './settings.ts'

/** What became of a rotation. */
export type Outcome =
  | { readonly rotated: true; readonly newKeyId: string; readonly oldKeyValidUntil: string }
  /** The service rotated less than its interval ago. */
  | { readonly rotated: false; readonly retryAfterSeconds: number }

/** The service did not do it; the message says at which step and why, and holds no secret. */
export class RotationFailed extends Error {
  override readonly name = 'RotationFailed'
}

const SCOPE = 'service.rotate-keys.ac'
/** A little above the 30 s after which the service itself cuts a request off. */
const LIMIT_MS = 35_000

interface Answer {
  readonly status: number
  readonly retryAfterSeconds: number
  readonly body: Readonly<Record<string, unknown>>
}

/**
 * Has the service rotate its signing keys.
 * @throws {RotationFailed} no answer, or one that refuses
 */
export async function rotateKeys({ url, clientId, clientSecret }: Settings): Promise<Outcome> {
  const token = await ask(`${url}/oauth2/token`, {
    // Neither half has a character that form-encoding would change (RFC 6749 2.3.1).
    authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret.reveal()}`).toString('base64')}`,
    body: new URLSearchParams({ grant_type: 'client_credentials', scope: SCOPE }),
  })
  const accessToken = token.body['access_token']
  if (token.status !== 200 || typeof accessToken !== 'string') throw refused('the token endpoint', token)

  const answer = await ask(`${url}/internal/rotate-keys`, { authorization: `Bearer ${accessToken}` })
  if (answer.status === 429) return { rotated: false, retryAfterSeconds: answer.retryAfterSeconds }
  if (answer.status !== 200 || answer.body['rotated'] !== true) throw refused('the rotation', answer)
  return {
    rotated: true,
    newKeyId: String(answer.body['new_key_id']),
    oldKeyValidUntil: String(answer.body['old_key_valid_until']),
  }
}

async function ask(
  url: string,
  { authorization, body }: { readonly authorization: string; readonly body?: URLSearchParams },
): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { authorization, accept: 'application/json' },
      // A token is for the service that was named, and for no other.
      redirect: 'error',
      signal: AbortSignal.timeout(LIMIT_MS),
      ...(body && { body }),
    })
    const parsed: unknown = await response.json().catch(() => undefined)
    return {
      status: response.status,
      retryAfterSeconds: Number(response.headers.get('retry-after') ?? 0),
      body: typeof parsed === 'object' && parsed !== null ? (parsed as Answer['body']) : {},
    }
  } catch (error) {
    const { message, cause } = error as Error
    const reason = (cause as NodeJS.ErrnoException | undefined)?.code ?? message
    throw new RotationFailed(`the service does not answer: ${reason}`, { cause: error })
  }
}

/** Only the code of an error is repeated, and only if it looks like one: a body could hold anything. */
function refused(who: string, { status, body }: Answer): RotationFailed {
  const code = body['error']
  const shown = typeof code === 'string' && /^[a-z_]{1,40}$/.test(code) ? ` ${code}` : ''
  return new RotationFailed(`${who} answered ${status}${shown}`)
}
