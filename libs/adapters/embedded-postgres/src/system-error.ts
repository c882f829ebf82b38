/**
 * The code of a failed system call, as in `ENOENT`.
 * Not by `instanceof Error`: under Jest, Node's errors are of another realm.
 */
export function systemErrorCode(failure: unknown): string | undefined {
  if (typeof failure !== 'object' || failure === null || !('code' in failure)) return undefined
  return typeof failure.code === 'string' ? failure.code : undefined
}
