import { happening, inRange, ofPods, perSecond, totalPerSecond } from '../promql/expressions.ts'
import type { DashboardPlan, Row } from './question.ts'

const DAY = 86_400
const ADMIN_API = 'endpoint=~"/api/v1/admin/.*"'

const CALLERS: Row = {
  title: 'Is somebody guessing?',
  questions: [
    {
      title: 'Why do callers fail to authenticate?',
      advice:
        'By reason. unknown_client at a rate: somebody tries ids. wrong_secret of one service: it was rolled out with an ' +
        'old secret; the audit trail names it (acctl audit list).',
      shape: 'areas',
      unit: 'ops',
      queries: [{ expr: happening(perSecond('ac_auth_failures_total', 'reason'), 'reason'), legend: '{{reason}}' }],
      runbooks: ['AC-005-rate-limit-abuse'],
    },
    {
      title: 'Which grant do failing callers ask for?',
      advice: 'Anything but client_credentials and none: a caller made for another server, or a scanner.',
      shape: 'areas',
      unit: 'ops',
      queries: [
        { expr: happening(perSecond('ac_auth_failures_total', 'grant_type'), 'grant_type'), legend: '{{grant_type}}' },
      ],
      runbooks: ['AC-005-rate-limit-abuse'],
    },
    {
      title: 'Whom do we turn away for too many failures?',
      advice:
        'Answers 429, by endpoint. They cost us little, and a valid client is never locked out by them. Above 1 per second ' +
        'for five minutes AC-005 warns.',
      shape: 'areas',
      unit: 'reqps',
      queries: [
        { expr: happening(perSecond('ac_rate_limit_denials_total', 'endpoint'), 'endpoint'), legend: '{{endpoint}}' },
      ],
      limits: { bad: 'above', warning: 1 },
      runbooks: ['AC-005-rate-limit-abuse'],
    },
    {
      title: 'Why do tokens fail to validate?',
      advice:
        'By category. expired alone: callers keep tokens too long. signature: forged, or a replica that does not know the ' +
        'newest key. Everything at once after a rotation: AC-002.',
      shape: 'areas',
      unit: 'ops',
      queries: [
        {
          expr: happening(
            perSecond('ac_token_validations_total', 'error_category', 'status!="success"'),
            'error_category',
          ),
          legend: '{{error_category}}',
        },
      ],
      runbooks: ['AC-002-token-validation-errors'],
    },
  ],
}

const KEYS: Row = {
  title: 'Are the signing keys sound?',
  questions: [
    {
      title: 'How old is the signing key?',
      advice:
        'Rotation is weekly. Older than 8 days: a rotation was missed, find out why the CronJob failed; older than 14: ' +
        'rotate by hand (acctl keys rotate).',
      shape: 'figures',
      unit: 'dtdurations',
      queries: [{ expr: `max(${ofPods('ac_signing_key_age_seconds')})`, legend: 'oldest' }],
      limits: { bad: 'above', warning: 8 * DAY, critical: 14 * DAY },
      runbooks: ['AC-008-signing-key-age', 'AC-003-key-rotation-failed'],
    },
    {
      title: 'How long ago was the last rotation?',
      advice: 'By the replica that knows of the latest one. Nothing is shown before the first.',
      shape: 'figures',
      unit: 'dtdurations',
      queries: [
        {
          expr: `time() - max(${ofPods('ac_key_rotation_last_success_timestamp_seconds')} > 0)`,
          legend: 'ago',
        },
      ],
      limits: { bad: 'above', warning: 8 * DAY, critical: 14 * DAY },
      runbooks: ['AC-003-key-rotation-failed'],
    },
    {
      title: 'How many keys can sign, on the replica that knows fewest?',
      advice: 'Exactly one, always. None: that replica cannot issue tokens and is not ready.',
      shape: 'figures',
      unit: 'short',
      queries: [{ expr: `min(${ofPods('ac_active_signing_keys')})`, legend: 'active' }],
      limits: { bad: 'below', critical: 1 },
      runbooks: ['AC-003-key-rotation-failed'],
    },
    {
      title: 'How many rotations were tried?',
      advice:
        'In the time shown, by outcome. forced ones are somebody at work: find the change that they belong to. Failures ' +
        'need AC-003.',
      shape: 'figures',
      unit: 'short',
      queries: [
        {
          expr: happening(inRange('ac_key_rotation_total', 'status, forced'), 'status'),
          legend: '{{status}}, forced {{forced}}',
        },
      ],
      runbooks: ['AC-003-key-rotation-failed'],
    },
    {
      title: 'Who reads the JWKS, and is it cached?',
      advice:
        'By result. hit: the copy that the caller holds is still right (304); miss: it was sent anew. A caller without a cache makes the ' +
        'rate follow that of tokens.',
      shape: 'areas',
      unit: 'reqps',
      queries: [
        {
          expr: happening(perSecond('ac_jwks_requests_total', 'cache_status'), 'cache_status'),
          legend: '{{cache_status}}',
        },
      ],
      runbooks: ['AC-006-jwks-errors'],
    },
    {
      title: 'What share of JWKS requests do we fail?',
      advice: 'Answers 5xx. It needs no database, so anything above nothing is a fault of ours: AC-006.',
      shape: 'lines',
      unit: 'percentunit',
      queries: [
        {
          expr:
            totalPerSecond('ac_http_requests_total', 'endpoint="/.well-known/jwks.json"', 'status_code=~"5.."') +
            ` / (${totalPerSecond('ac_http_requests_total', 'endpoint="/.well-known/jwks.json"')} > 0)`,
          legend: 'failed',
        },
      ],
      limits: { bad: 'above', critical: 0.001 },
      runbooks: ['AC-006-jwks-errors'],
    },
  ],
}

const OPERATIONS: Row = {
  title: 'Who changes what, and is it written down?',
  questions: [
    {
      title: 'Which operations on clients and secrets are done?',
      advice:
        'By operation and outcome. Each belongs to a change that somebody can name; the audit trail says who it was. ' +
        'Refusals at a rate: a token with the wrong scope is being tried.',
      shape: 'areas',
      unit: 'ops',
      queries: [
        {
          expr: happening(perSecond('ac_credential_operations_total', 'operation, status'), 'operation'),
          legend: '{{operation}}: {{status}}',
        },
      ],
    },
    {
      title: 'Who is refused at the admin API?',
      advice:
        'Answers 401 and 403 to administrators. A few are mistakes; a steady rate is an old token in a script, or a break-in ' +
        'attempt with a stolen one.',
      shape: 'areas',
      unit: 'reqps',
      queries: [
        {
          expr: happening(
            perSecond('ac_http_requests_total', 'status_code', ADMIN_API, 'status_code=~"401|403"'),
            'status_code',
          ),
          legend: '{{status_code}}',
        },
      ],
    },
    {
      title: 'Which audit events could not be written?',
      advice:
        'By event and reason. No token leaves without its event, so each of these was a refused request. Any at all needs ' +
        'AC-007.',
      shape: 'areas',
      unit: 'ops',
      queries: [
        {
          expr: happening(perSecond('ac_audit_log_failures_total', 'event_type, reason'), 'event_type'),
          legend: '{{event_type}}: {{reason}}',
        },
      ],
      runbooks: ['AC-007-audit-write-failure'],
    },
    {
      title: 'How many argon2id hashes are computed?',
      advice:
        'By kind. hash: a new secret. verify: a secret that was registered under another AC_HASH_SECRET. A burst of these after ' +
        'changing it is right and fades; a steady rate means that replicas disagree about it.',
      shape: 'areas',
      unit: 'ops',
      queries: [
        {
          expr: happening(perSecond('ac_argon2_duration_seconds_count', 'operation'), 'operation'),
          legend: '{{operation}}',
        },
      ],
      runbooks: ['AC-001-token-issuance-latency'],
    },
  ],
}

/** For whoever watches over keys and credentials. */
export const AC_SECURITY: DashboardPlan = {
  uid: 'ac-security',
  title: 'ac-service: is somebody at the door?',
  description: 'Failed authentication, limits, signing keys, changes of credentials and the audit trail of ac-service.',
  from: 'now-24h',
  rows: [CALLERS, KEYS, OPERATIONS],
}
