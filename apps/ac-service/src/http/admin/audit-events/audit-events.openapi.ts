import { AUDIT_EVENT_TYPES } from '@ac/kernel'
import type { Operation } from '../../openapi/operation.ts'
import { failure, NO_VALID_TOKEN, SCOPE_MISSING, UNAVAILABLE } from '../../openapi/schemas/errors.ts'
import { PAGING } from '../../openapi/schemas/paging.ts'

const time = (name: 'from' | 'until', description: string) =>
  ({ name, in: 'query', description, schema: { type: 'string', format: 'date-time' } }) as const

/** `GET /api/v1/admin/audit-events`. */
export const LIST_AUDIT_EVENTS: Operation = {
  operationId: 'listAuditEvents',
  tags: ['audit'],
  summary: 'What happened, newest first',
  description:
    'Every security-relevant act, tokens included. An event that is recorded meanwhile shows up on no later page. A cursor ' +
    'is good for the filter that it was given for.',
  security: [{ bearer: ['admin:services'] }],
  parameters: [
    ...PAGING,
    { name: 'type', in: 'query', description: 'Only events of this type.', schema: { enum: [...AUDIT_EVENT_TYPES] } },
    {
      name: 'client',
      in: 'query',
      description: 'Only what this client did, or what was done to it.',
      schema: { type: 'string' },
    },
    time('from', 'Not before this time.'),
    time('until', 'Before this time.'),
  ],
  responses: {
    '200': {
      description: 'A page of events.',
      content: {
        'application/json': {
          schema: { $ref: '#/components/schemas/AuditEventPage' },
          examples: {
            page: {
              value: {
                events: [
                  {
                    occurred_at: '2026-03-01T12:00:00.123Z',
                    type: 'client.authentication_failed',
                    outcome: 'failure',
                    reason: 'wrong_secret',
                    actor: null,
                    target: 'svc_4kQ0PzT9bq3XhW7mYcD2Ns',
                    request_id: 'q2kX9vJm0aBd-1f',
                    source: 'h:0123456789abcdef',
                    trace_id: null,
                    writer: '0198f2d0-7c1a-8000-8000-000000000000',
                    sequence: 42,
                    hash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
                  },
                ],
                next_cursor: null,
              },
            },
          },
        },
      },
    },
    '400': failure('A parameter is malformed or unknown.', 'invalid_request', 'from must be a time of RFC 3339'),
    '401': NO_VALID_TOKEN,
    '403': SCOPE_MISSING,
    '503': UNAVAILABLE,
  },
}
