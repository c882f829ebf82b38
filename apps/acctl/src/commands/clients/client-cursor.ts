import type { ClientPosition } from '@ac/client-validation'
import { clientId } from '@ac/kernel'

const FORMAT = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) ([\x21-\x7e]+)$/

/** A place in the listing of clients as one word, for a later call. */
export const writeCursor = ({ createdAt, id }: ClientPosition): string =>
  Buffer.from(`${createdAt.toISOString()} ${id}`).toString('base64url')

/** The place that {@link writeCursor} wrote; `undefined` for any other text. */
export function readCursor(text: string): ClientPosition | undefined {
  const [, time = '', id = ''] = FORMAT.exec(Buffer.from(text, 'base64url').toString('latin1')) ?? []
  const position = { createdAt: new Date(time), id: clientId(id) }
  const written = Number.isNaN(position.createdAt.getTime()) ? undefined : writeCursor(position)
  return written === text ? position : undefined
}
