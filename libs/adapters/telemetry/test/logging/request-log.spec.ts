import { describe, expect, it } from '@jest/globals'
import { RequestLog, type LoggedRequest } from '../../src/logging/request-log.ts'

const REQUEST: LoggedRequest = {
  method: 'POST',
  route: '/oauth2/token',
  status: 200,
  seconds: 0.012_345_6,
  requestId: 'abc-1',
  trace: { traceId: '4bf92f3577b34da6a3ce929d0e0e4736' },
}

function lineOf(changes: Partial<LoggedRequest> = {}): string {
  const lines: string[] = []
  const labels = { service: 'ac', version: undefined, environment: 'test', region: 'e"u' }
  new RequestLog({ write: (line) => void lines.push(line) }, labels).observe({ ...REQUEST, ...changes })
  return lines.join()
}

describe('RequestLog', () => {
  it('writes one line of JSON that tells method, route, status, duration and ids', () => {
    const line = lineOf()
    expect(line).toMatch(/^\{[^\n]*\}\n$/)
    expect(JSON.parse(line)).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      service: 'ac',
      environment: 'test',
      region: 'e"u',
      method: 'POST',
      route: '/oauth2/token',
      status: 200,
      duration_ms: 12.35,
      request_id: 'abc-1',
      trace_id: '4bf92f3577b34da6a3ce929d0e0e4736',
      msg: 'request',
    })
  })

  it('names no route where there is none, and no ids that there are not', () => {
    const line = JSON.parse(lineOf({ route: undefined, requestId: undefined, trace: undefined, status: 431 }))
    expect(line).toMatchObject({ route: 'none', status: 431 })
    expect(Object.keys(line)).not.toEqual(expect.arrayContaining(['request_id']))
    expect(Object.keys(line)).not.toEqual(expect.arrayContaining(['trace_id']))
  })
})
