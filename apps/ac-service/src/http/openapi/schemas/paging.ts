import type { Parameter } from '../operation.ts'

/** By what every listing is paged. */
export const PAGING: readonly Parameter[] = [
  {
    name: 'limit',
    in: 'query',
    description: 'How many at most.',
    schema: { type: 'integer', minimum: 1, maximum: 100, default: 50 },
  },
  {
    name: 'cursor',
    in: 'query',
    description: 'The `next_cursor` of the page before; good for the same listing and filter only.',
    schema: { type: 'string' },
  },
]
