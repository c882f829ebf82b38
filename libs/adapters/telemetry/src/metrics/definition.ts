/** The labels of a metric, each with every value that it can have. */
export type Labels = Readonly<Record<string, readonly string[]>>

/** One value for each label. */
export type LabelValues<L extends Labels> = { readonly [Name in keyof L]: L[Name][number] }

/** All that is known of a metric before anything happened. */
export interface MetricDefinition<Type extends MetricType = MetricType, L extends Labels = Labels> {
  readonly type: Type
  readonly name: string
  /** What it tells, in a sentence without a full stop. */
  readonly help: string
  readonly labels: L
  /** Upper bounds of a histogram but for infinity, at most nine. */
  readonly buckets?: readonly number[]
  /**
   * The series that are there, at zero, before anything happened; every combination of labels unless given. `rate` sees no
   * increase in a series that begins with its first event.
   */
  readonly initial?: readonly LabelValues<L>[]
}

export type MetricType = 'counter' | 'gauge' | 'histogram'

type Rest<L extends Labels> = Partial<Pick<MetricDefinition<MetricType, L>, 'initial'>>

export const counter = <const L extends Labels>(
  name: string,
  help: string,
  labels: L,
  rest: Rest<L> = {},
): MetricDefinition<'counter', L> => ({ type: 'counter', name, help, labels, ...rest })

export const gauge = <const L extends Labels>(name: string, help: string, labels: L): MetricDefinition<'gauge', L> => ({
  type: 'gauge',
  name,
  help,
  labels,
})

export const histogram = <const L extends Labels>(
  name: string,
  help: string,
  labels: L,
  buckets: readonly number[],
  rest: Rest<L> = {},
): MetricDefinition<'histogram', L> => ({ type: 'histogram', name, help, labels, buckets, ...rest })

/** Every combination of label values. */
export function combinations<L extends Labels>(labels: L): readonly LabelValues<L>[] {
  const all = Object.entries(labels).reduce<readonly Readonly<Record<string, string>>[]>(
    (sets, [name, values]) => sets.flatMap((set) => values.map((value) => ({ ...set, [name]: value }))),
    [{}],
  )
  return all as readonly LabelValues<L>[]
}
