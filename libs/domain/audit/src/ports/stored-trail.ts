import type { ChainedEvent } from '../chain/chained-event.ts'
import type { WriterId } from '../chain/writer-id.ts'

/** A time between two moments; without a bound where that is `undefined`. */
export interface Period {
  /** Inclusive. */
  readonly from?: Date | undefined
  /** Exclusive. */
  readonly until?: Date | undefined
}

/** Some of the stored events, in their order. */
export interface StoredPage {
  readonly events: readonly ChainedEvent[]
  /** Where the next page begins; `undefined` after the last one. */
  readonly next: string | undefined
}

/** A place in a chain. */
export interface LinkPlace {
  readonly writer: WriterId
  readonly sequence: number
}

/** Places `first` to `last` of a chain, both included. */
export interface LinkRange {
  readonly writer: WriterId
  readonly first: number
  readonly last: number
}

/**
 * The trail as it lies in the storage, whoever put it there: nothing that is read here is to be believed before its seal is
 * checked. Writers go on writing meanwhile, always behind what they have written.
 */
export interface StoredTrail {
  /**
   * The id under which this storage keeps its trail.
   * @throws {Unavailable} the storage does not answer
   */
  id(): Promise<string>
  /**
   * A page of bounded size: the events of `period` in the order of writer, sequence and time. Every event is on exactly
   * one page, also where several stand at one place.
   * @throws {Unavailable} the storage does not answer
   */
  read(period: Period, next?: string): Promise<StoredPage>
  /**
   * The events at these places, at most 1000, whenever they happened.
   * @throws {Unavailable} the storage does not answer
   */
  find(places: readonly LinkPlace[]): Promise<readonly ChainedEvent[]>
  /**
   * The parts of `range` at which there is no event, whenever it would have happened; in their order.
   * @throws {Unavailable} the storage does not answer
   */
  missing(range: LinkRange): Promise<readonly LinkRange[]>
  /**
   * The last event of a chain before a place; `undefined` when there is none.
   * @throws {Unavailable} the storage does not answer
   */
  before(place: LinkPlace): Promise<ChainedEvent | undefined>
  /**
   * All events of the types by which retention tells what it dropped. There are a few for each month.
   * @throws {Unavailable} the storage does not answer
   */
  retentionRecords(): Promise<readonly ChainedEvent[]>
}
