/** Writes down all metrics of the process. */
export interface MetricsPage {
  /** The metrics as they are now, in the format that an `Accept` header asks for. */
  expose(accept: string | undefined): Promise<{ readonly contentType: string; readonly body: string }>
}
