import { randomBytes } from 'node:crypto'

/** Makes request ids that are unique across processes and cost next to nothing: a random start and a count. */
export function requestIds(): () => string {
  const start = randomBytes(9).toString('base64url')
  let count = 0
  return () => `${start}-${(count++).toString(36)}`
}
