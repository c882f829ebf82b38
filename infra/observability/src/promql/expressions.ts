/** The pods that the reader chose by the dashboard's variables. */
const CHOSEN = 'namespace=~"$namespace", job=~"$job", pod=~"$pod"'

/** Recorded series know no pod. */
const CHOSEN_SERVICE = 'namespace=~"$namespace", job=~"$job"'

/** `metric` of the chosen pods. @param matchers further label matchers, such as `status="success"` */
export const ofPods = (metric: string, ...matchers: readonly string[]): string =>
  `${metric}{${[CHOSEN, ...matchers].join(', ')}}`

/** A recorded `series` of the chosen services. */
export const recorded = (series: string, ...matchers: readonly string[]): string =>
  `${series}{${[CHOSEN_SERVICE, ...matchers].join(', ')}}`

/** How often `counter` counts in a second, for each value of the labels `by`. */
export const perSecond = (counter: string, by: string, ...matchers: readonly string[]): string =>
  `sum by (${by}) (rate(${ofPods(counter, ...matchers)}[$__rate_interval]))`

/**
 * Those series of `expr` in which something happens: every combination of labels exists from the start, and most of them
 * stay at zero. When nothing happens at all, one series whose `label` is `none`.
 */
export const happening = (expr: string, label: string): string =>
  `${expr} > 0 or on () label_replace(vector(0), "${label}", "none", "", "")`

/** How often `counter` counts in a second, in all. */
export const totalPerSecond = (counter: string, ...matchers: readonly string[]): string =>
  `sum(rate(${ofPods(counter, ...matchers)}[$__rate_interval]))`

/** What `counter` counted in the time that the dashboard shows, for each value of the labels `by`. */
export const inRange = (counter: string, by: string, ...matchers: readonly string[]): string =>
  `round(sum by (${by}) (increase(${ofPods(counter, ...matchers)}[$__range])))`

/** A quantile of `histogram` (without `_bucket`), for each value of the labels `by`. */
export const quantile = (q: number, histogram: string, by: readonly string[], ...matchers: readonly string[]): string =>
  `histogram_quantile(${q}, sum by (${['le', ...by].join(', ')}) ` +
  `(rate(${ofPods(`${histogram}_bucket`, ...matchers)}[$__rate_interval])))`

/** The mean of `histogram`, for each value of the labels `by`. */
export const mean = (histogram: string, by: string): string =>
  `${perSecond(`${histogram}_sum`, by)} / (${perSecond(`${histogram}_count`, by)} > 0)`
