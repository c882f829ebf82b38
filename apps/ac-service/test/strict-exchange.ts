import { afterEach, expect } from '@jest/globals'
import { RawConnection, type RawAnswer } from './raw-connection.ts'
import { MARKER } from './raw-request.ts'
import type { RunningService } from './running-service.ts'

const PROBE = 'GET /.well-known/jwks.json HTTP/1.1\r\nHost: ac.test\r\n\r\n'

/**
 * Sends `request` and expects what every refusal has in common: no failure of the service, the form of an error, nothing
 * to be stored, no word of the request, and a connection that is closed or still in step.
 */
export async function expectRefusal(
  service: RunningService,
  request: string,
  expected: { readonly status: number; readonly error: string },
): Promise<RawAnswer> {
  const connection = await RawConnection.open(service.apiPort)
  connection.send(request)
  const answer = await connection.answer()
  expectError(answer, expected)
  await expectInStep(connection)
  expect(connection.received).not.toContain(MARKER)
  return answer
}

/** Fails each test after which the marker is in anything that the service wrote. */
export function watchForEchoes(service: () => RunningService): void {
  afterEach(() => {
    if (service().process.output.includes(MARKER)) throw new Error('the service wrote a part of a request')
  })
}

/** Expects the one form of errors. */
export function expectError({ status, headers, body }: RawAnswer, expected: { status: number; error: string }): void {
  const json = JSON.parse(body) as Record<string, unknown>
  expect({ status, error: json['error'] }).toEqual(expected)
  expect(Object.keys(json)).toEqual(['error', 'error_description'])
  expect(headers['content-type']).toBe('application/json; charset=utf-8')
  expect(headers['cache-control']).toBe('no-store')
  expect('www-authenticate' in headers).toBe(status === 401)
  expect('allow' in headers).toBe(status === 405)
}

/** Expects that the next request is understood as one, or that there cannot be one. */
export async function expectInStep(connection: RawConnection): Promise<void> {
  connection.send(PROBE)
  const next = await connection.answer().catch((error: unknown) => {
    if (!connection.ended) throw error
  })
  if (next) expect(next.status).toBe(200)
  connection.destroy()
}
