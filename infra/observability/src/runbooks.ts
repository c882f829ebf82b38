/** Where the runbooks are read: this repository's `docs/runbooks/`, as it is published for the people on call. */
const PUBLISHED_AT = 'https://runbooks.example.internal/ac-service/'

/** The page of each alert, in `docs/runbooks/alerts/`. */
export const RUNBOOKS = [
  'AC-001-token-issuance-latency',
  'AC-002-token-validation-errors',
  'AC-003-key-rotation-failed',
  'AC-004-database-connection-failures',
  'AC-005-rate-limit-abuse',
  'AC-006-jwks-errors',
  'AC-007-audit-write-failure',
  'AC-008-signing-key-age',
  'AC-009-no-scrape',
  'SLO-issuance-availability',
  'SLO-issuance-latency',
  'SLO-jwks-availability',
  'SLO-validation-latency',
] as const

export type Runbook = (typeof RUNBOOKS)[number]

/** The file of a runbook, from the root of the repository. */
export const runbookFile = (runbook: Runbook): string => `docs/runbooks/alerts/${runbook}.md`

/** The address of a runbook, as alerts and dashboards link to it. */
export const runbookUrl = (runbook: Runbook): string => PUBLISHED_AT + runbookFile(runbook)
