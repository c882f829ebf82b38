/** The claims of a token as this service signs them, issued at 2026-01-01T00:00:00Z for an hour. */
export const someClaims = (over: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> => ({
  iss: 'https://ac.example',
  sub: 'svc_0123456789ABCDEFabcdef',
  client_id: 'svc_0123456789ABCDEFabcdef',
  aud: 'urn:ac:platform',
  iat: 1_767_225_600,
  exp: 1_767_229_200,
  jti: '0123456789ABCDEFabcdeg',
  scope: 'meetings.read meetings.write',
  ...over,
})
