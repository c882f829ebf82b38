import { parsePosition, type ChainPosition } from '../chain/chain-position.ts'
import type { ChainKey } from '../ports/chain-key.ts'
import type { LinkRange, Period, StoredTrail } from '../ports/stored-trail.ts'
import { ChainWalk, type Step } from './chain-walk.ts'
import type { Finding } from './finding.ts'
import { Findings } from './findings.ts'
import { NamedPositions } from './named-positions.ts'
import { RetentionClaims } from './retention-claims.ts'
import { SealCheck } from './seal-check.ts'

/** What {@link TrailVerifier} needs. */
export interface TrailVerifierDeps {
  readonly stored: StoredTrail
  /** The key in use, and earlier ones: what they did not seal cannot be checked. */
  readonly keys: readonly ChainKey[]
}

/** What to verify. */
export interface VerificationRequest extends Period {
  /** Positions that checkpoints named outside the database, in the log: each must be in the trail. */
  readonly logged?: Iterable<ChainPosition> | AsyncIterable<ChainPosition> | undefined
}

/** What became of a verification. */
export interface VerificationReport {
  /** Events that were checked. */
  readonly events: number
  readonly chains: number
  /** Chains whose end says nothing: their writer works, or it died, or what came last was cut off. */
  readonly openChains: number
  /** Positions that checkpoints in the trail and in the log named, and that were looked up. */
  readonly namedPositions: number
  /** Retention dropped everything from before this moment. */
  readonly droppedBefore: Date | undefined
  /** The first 1000 of them. */
  readonly findings: readonly Finding[]
  readonly findingsInAll: number
}

/**
 * Verifies that the trail is what its writers wrote: every event sealed, in its place, behind the one before it, none
 * missing but what retention dropped, and everything there that any checkpoint saw. Needs memory for one page of events,
 * however many there are.
 */
export class TrailVerifier {
  readonly #deps: TrailVerifierDeps

  constructor(deps: TrailVerifierDeps) {
    this.#deps = deps
  }

  /**
   * Verifies all events of a time, or all. Without a beginning a chain must be there from its first event on, or from where
   * retention cut it; with one, from the event before its first one of that time.
   * @throws {Unavailable} the storage does not answer
   */
  async verify({ logged = [], ...period }: VerificationRequest = {}): Promise<VerificationReport> {
    const { stored, keys } = this.#deps
    const seals = new SealCheck(await stored.id(), keys)
    const work: Work = {
      period,
      findings: new Findings(),
      walk: new ChainWalk(seals),
      claims: new RetentionClaims(stored, seals),
      seals,
    }
    await work.claims.refresh()
    const named = new NamedPositions({ stored, ...work })
    const events = await this.#walk(work, named)
    await named.checkAll(logged)
    return {
      events,
      chains: work.walk.chains,
      openChains: work.walk.openChains,
      namedPositions: named.count,
      droppedBefore: work.claims.horizon,
      findings: work.findings.kept,
      findingsInAll: work.findings.total,
    }
  }

  async #walk(work: Work, named: NamedPositions): Promise<number> {
    let events = 0
    let next: string | undefined
    do {
      const page = await this.#deps.stored.read(work.period, next)
      const positions: ChainPosition[] = []
      for (const link of page.events) {
        const step = work.walk.step(link)
        positions.push(...namedBy(step))
        await this.#judge(work, step)
      }
      await named.check(positions)
      events += page.events.length
      next = page.next
    } while (next !== undefined)
    return events
  }

  async #judge({ period, findings, claims, seals }: Work, { link, faults, gap, entersChain }: Step): Promise<void> {
    const { writer, sequence, event } = link
    const find = (fault: Finding['fault'], { first, last }: Pick<LinkRange, 'first' | 'last'>): void =>
      findings.add({ fault, writer, first, last, occurredAt: event.occurredAt })
    for (const fault of faults) find(fault, { first: sequence, last: sequence })
    if (!gap || seals.fault(link) === 'unchained') return
    // What was before the time in question is none of it, but for the event that this one must stand behind.
    const asked = period.from && entersChain ? { ...gap, first: gap.last } : gap
    for (const part of await this.#missing(claims, period, asked)) find('missing', part)
  }

  /** Of a gap in what was read, the parts at which there is really nothing. */
  async #missing(claims: RetentionClaims, period: Period, gap: LinkRange): Promise<readonly LinkRange[]> {
    const bounded = period.from !== undefined || period.until !== undefined
    const absent = bounded ? await this.#deps.stored.missing(gap) : [gap]
    if (absent.flatMap((range) => claims.unexplained(range)).length > 0) await claims.refresh()
    return absent.flatMap((range) => claims.unexplained(range))
  }
}

interface Work {
  readonly period: Period
  readonly findings: Findings
  readonly walk: ChainWalk
  readonly claims: RetentionClaims
  readonly seals: SealCheck
}

/** The position that an event vouches for, if it is a checkpoint and nobody altered it. */
function namedBy({ link: { event }, faults }: Step): readonly ChainPosition[] {
  if (event.type !== 'audit.checkpoint' || event.target === undefined || faults.length > 0) return []
  const position = parsePosition(event.target)
  return position ? [position] : []
}
