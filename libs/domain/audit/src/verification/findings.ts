import type { Finding } from './finding.ts'

/** More are counted and not kept: a trail that is broken throughout must not fill the memory. */
const MOST = 1000

/** Gathers findings. What touches the last finding of the same fault in the same chain becomes one with it. */
export class Findings {
  readonly #kept: Finding[] = []
  readonly #last = new Map<string, number>()
  #dropped = 0

  add(finding: Finding): void {
    const chain = `${finding.fault} ${finding.writer}`
    const last = this.#last.get(chain)
    const before = last === undefined ? undefined : this.#kept[last]
    if (last !== undefined && before && touches(before, finding)) this.#kept[last] = join(before, finding)
    else if (this.#kept.length < MOST) this.#last.set(chain, this.#kept.push(finding) - 1)
    else this.#dropped++
  }

  /** How many there are. */
  get total(): number {
    return this.#kept.length + this.#dropped
  }

  /** The first 1000, in the order in which they were found. */
  get kept(): readonly Finding[] {
    return this.#kept
  }
}

const touches = (one: Finding, other: Finding): boolean => one.first <= other.last + 1 && other.first <= one.last + 1

const join = (one: Finding, other: Finding): Finding => ({
  ...(one.first <= other.first ? one : other),
  first: Math.min(one.first, other.first),
  last: Math.max(one.last, other.last),
})
