import type { Runbook } from '../runbooks.ts'

/** What one panel shows: the answer to a question that somebody on call asks. */
export interface Question {
  /** Ends with a question mark. */
  readonly title: string
  /** What the answer means, and what to do when it is a bad one. */
  readonly advice: string
  readonly shape: Shape
  readonly unit: Unit
  readonly queries: readonly Query[]
  /** Where the answer turns bad. */
  readonly limits?: Limits
  /** What is drawn; from nothing upwards unless given. */
  readonly range?: { readonly least: number; readonly most: number }
  /** Whether Grafana marks single traces among the lines. */
  readonly exemplars?: boolean
  /** Pages that tell what to do, in the order of likelihood. */
  readonly runbooks?: readonly Runbook[]
}

/** `lines` and `areas` (stacked) over the time, or the `figures` of this moment. */
export type Shape = 'lines' | 'areas' | 'figures'

/** Units by Grafana's ids: seconds, seconds as a duration in words, per second, shares of 1, bytes, multiples, counts. */
export type Unit = 's' | 'dtdurations' | 'reqps' | 'ops' | 'percentunit' | 'bytes' | 'suffix:x' | 'short'

/** A PromQL expression with Grafana's variables, and a legend with `{{label}}`s. */
export interface Query {
  readonly expr: string
  readonly legend: string
}

/** The answer is bad `above` or `below` these values. */
export interface Limits {
  readonly bad: 'above' | 'below'
  readonly warning?: number
  readonly critical?: number
}

/** A heading and the questions below it. */
export interface Row {
  readonly title: string
  readonly questions: readonly Question[]
}

/** A dashboard before it is Grafana's. */
export interface DashboardPlan {
  /** Grafana's `uid`, and the name of the file. */
  readonly uid: string
  readonly title: string
  readonly description: string
  /** What is shown at first, as Grafana's relative time. */
  readonly from: string
  readonly rows: readonly Row[]
}
