/** What Grafana puts in the place of its variables. */
export interface DashboardState {
  /** PromQL duration of the visible range. */
  readonly range: string
  /** PromQL duration of at least four scrapes. */
  readonly rateInterval: string
  /** Regular expressions over the labels. */
  readonly namespace: string
  readonly job: string
  readonly pod: string
}

/** Everything is chosen, as when a dashboard is opened. */
export const EVERYTHING = { namespace: '.*', job: '.*', pod: '.*' } as const

/** The expression that Grafana sends to Prometheus. Variables that it does not know stay as they are. */
export const interpolate = (expr: string, state: DashboardState): string =>
  expr
    .replaceAll('$__rate_interval', state.rateInterval)
    .replaceAll('$__range', state.range)
    .replaceAll('$namespace', state.namespace)
    .replaceAll('$job', state.job)
    .replaceAll('$pod', state.pod)
