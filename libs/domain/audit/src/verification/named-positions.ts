import type { ChainPosition } from '../chain/chain-position.ts'
import type { ChainedEvent } from '../chain/chained-event.ts'
import type { StoredTrail } from '../ports/stored-trail.ts'
import type { Findings } from './findings.ts'
import type { RetentionClaims } from './retention-claims.ts'
import type { SealCheck } from './seal-check.ts'

/** What {@link NamedPositions} needs. */
export interface NamedPositionsDeps {
  readonly stored: StoredTrail
  readonly seals: SealCheck
  readonly claims: RetentionClaims
  readonly findings: Findings
}

/** As many as are looked up at once. */
const AT_ONCE = 500

/** Checks that what checkpoints saw is still there. */
export class NamedPositions {
  readonly #deps: NamedPositionsDeps
  #count = 0

  constructor(deps: NamedPositionsDeps) {
    this.#deps = deps
  }

  /** How many positions were checked. */
  get count(): number {
    return this.#count
  }

  async checkAll(positions: Iterable<ChainPosition> | AsyncIterable<ChainPosition>): Promise<void> {
    let waiting: ChainPosition[] = []
    for await (const position of positions) {
      waiting.push(position)
      if (waiting.length < AT_ONCE) continue
      await this.check(waiting)
      waiting = []
    }
    await this.check(waiting)
  }

  /** @param positions at most 1000 */
  async check(positions: readonly ChainPosition[]): Promise<void> {
    if (positions.length === 0) return
    this.#count += positions.length
    const found = await this.#deps.stored.find(positions)
    const places = Map.groupBy(found, placeOf)
    for (const position of positions) await this.#judge(position, places.get(placeOf(position)) ?? [])
  }

  async #judge(position: ChainPosition, found: readonly ChainedEvent[]): Promise<void> {
    const { findings, seals } = this.#deps
    const { writer, sequence, occurredAt } = position
    if (found.some(({ hash }) => hash === position.hash)) return
    // An altered event is found as such by itself; here it is news that a sealed one is not the one that was seen.
    if (found.some((link) => seals.fault(link) === undefined)) {
      findings.add({ fault: 'contradicted', writer, first: sequence, last: sequence, occurredAt })
    }
    if (found.length === 0) await this.#missing(position)
  }

  async #missing({ writer, sequence, occurredAt }: ChainPosition): Promise<void> {
    const { stored, claims, findings } = this.#deps
    if (!isDropped(claims, occurredAt)) await claims.refresh()
    if (isDropped(claims, occurredAt)) return
    const before = await stored.before({ writer, sequence })
    findings.add({ fault: 'missing', writer, first: (before?.sequence ?? 0) + 1, last: sequence, occurredAt })
  }
}

const placeOf = ({ writer, sequence }: { readonly writer: string; readonly sequence: number }): string =>
  `${writer} ${sequence}`

const isDropped = ({ horizon }: RetentionClaims, occurredAt: Date): boolean =>
  horizon !== undefined && occurredAt < horizon
