import type { Stage } from './run-steps.ts'

/** What `npm run lint` checks. oxlint also holds every file under 300 lines. */
export const LINT: Stage = [
  { name: 'oxlint', command: ['oxlint', '--deny-warnings'] },
  {
    name: 'boundaries',
    command: ['depcruise', '--config', '.dependency-cruiser.mjs', '--output-type', 'err-long', 'apps', 'libs', 'infra'],
  },
  { name: 'format', command: ['oxfmt', '--check'] },
  { name: 'lock file', command: ['node', 'infra/dev/src/complete-lockfile.mjs', '--check'] },
]
