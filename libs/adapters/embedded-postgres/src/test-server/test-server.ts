/** A PostgreSQL for one test run. */
export interface TestServer {
  readonly kind: 'external' | 'docker' | 'embedded'
  /** Of a user who may create databases. A secret. */
  readonly url: string
  /** Ends what was started and deletes its data; leaves an external server alone. */
  stop(): Promise<void>
}
