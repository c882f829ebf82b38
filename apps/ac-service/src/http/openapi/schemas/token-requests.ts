import type { Operation, Schema } from '../operation.ts'

const EXAMPLE_TOKEN = 'eyJhbGciOiJFZERTQSIsInR5cCI6ImF0K2p3dCIsImtpZCI6Ii4uLiJ9.eyJpc3MiOiIuLi4ifQ.c2lnbmF0dXJl'

const FORM: Schema = {
  type: 'object',
  required: ['token'],
  properties: {
    token: { type: 'string', description: 'The access token, exactly as it was issued.' },
    token_type_hint: { type: 'string', description: 'Is allowed and changes nothing: there is one type of tokens.' },
    client_id: { type: 'string', description: 'With `client_secret`, instead of HTTP Basic.' },
    client_secret: { type: 'string', format: 'password' },
  },
}

/** The body of a client's request about a token (RFC 7662 section 2.1, RFC 7009 section 2.1). */
export const REQUEST_ABOUT_TOKEN = {
  required: true,
  content: {
    'application/x-www-form-urlencoded': { schema: FORM, examples: { token: { value: { token: EXAMPLE_TOKEN } } } },
  },
} as const satisfies Operation['requestBody']
