import type { ChainPosition } from '../chain/chain-position.ts'
import type { WriterId } from '../chain/writer-id.ts'

/** Finds out where chains end that other writers write, or wrote. */
export interface ChainEnds {
  /**
   * The last act of each chain that began or had a checkpoint within the last `lookBackSeconds` before the newest checkpoint
   * that there is, unless a checkpoint of that time vouches for it already; the oldest first, at most 100.
   * What writers write meanwhile may or may not be seen.
   * @param except chains that are not asked about
   * @throws {Unavailable} the storage does not answer
   */
  unvouched(lookBackSeconds: number, except: readonly WriterId[]): Promise<readonly ChainPosition[]>
}
