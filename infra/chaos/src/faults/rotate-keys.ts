import type { ReplicaSlot } from '../stage/replica-slot.ts'
import type { Stage } from '../stage/stage.ts'

/** The answer to a rotation (design: `{rotated, new_key_id, old_key_id, old_key_valid_until}`). */
interface Rotation {
  readonly new_key_id?: string
}

/** Lets as much time pass, as the database knows it, as a rotation must wait for: the keys grow older by a week. */
const AGE = `
  update signing_keys set created_at = created_at - interval '8 days', activated_at = activated_at - interval '8 days'`

/** Rotates the signing keys through a replica, by a client that may. */
export async function rotateKeys(
  { query, deployment }: Stage,
  { api, tokenUrl }: ReplicaSlot,
): Promise<{ readonly status: number; readonly body: Rotation }> {
  await query(AGE)
  const scope = 'service.rotate-keys.ac'
  const created = await deployment.acctl('clients', 'create', '--name', 'rotator', '--scope', scope, '--json')
  const { client_id, client_secret } = JSON.parse(created) as { client_id: string; client_secret: string }
  const token = await fetch(tokenUrl, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id, client_secret }),
  })
  const { access_token } = (await token.json()) as { access_token: string }
  const answer = await fetch(`${api}/internal/rotate-keys`, {
    method: 'POST',
    headers: { authorization: `Bearer ${access_token}` },
  })
  return { status: answer.status, body: (await answer.json()) as Rotation }
}
