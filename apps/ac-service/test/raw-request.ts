/** A word that must never come back: requests carry it wherever they can. */
export const MARKER = 'eCh0mArKeR'

/** What a raw request may differ in from an ordinary token request. */
export interface RawRequest {
  readonly method?: string
  readonly target?: string
  readonly version?: string
  /** Header lines besides `Host`, `Content-Type` and the length. */
  readonly headers?: readonly string[]
  /** `false` leaves the header out. */
  readonly host?: string | false
  readonly contentType?: string | false
  readonly body?: string
  /** Leave out to have the right `Content-Length`. */
  readonly framing?: readonly string[]
}

/** The text of a request to the token endpoint; every part that is given goes out as it is. */
export function rawRequest({
  method = 'POST',
  target = '/oauth2/token',
  version = 'HTTP/1.1',
  headers = [],
  host = 'ac.test',
  contentType = 'application/x-www-form-urlencoded',
  body = `grant_type=client_credentials&client_id=${MARKER}&client_secret=${MARKER}`,
  framing = [`Content-Length: ${Buffer.byteLength(body, 'latin1')}`],
}: RawRequest = {}): string {
  const lines = [
    `${method} ${target} ${version}`,
    ...(host === false ? [] : [`Host: ${host}`]),
    ...(contentType === false ? [] : [`Content-Type: ${contentType}`]),
    ...framing,
    `X-${MARKER}: ${MARKER}`,
    ...headers,
  ]
  return `${lines.join('\r\n')}\r\n\r\n${body}`
}

/** `body` in the chunked coding, in one chunk. */
export const chunked = (body: string): string => `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`
