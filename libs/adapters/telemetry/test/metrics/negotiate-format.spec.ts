import { describe, expect, it } from '@jest/globals'
import { negotiateFormat } from '../../src/metrics/exposition/negotiate-format.ts'

describe('negotiateFormat', () => {
  it.each([
    'application/openmetrics-text',
    'application/openmetrics-text; version=1.0.0',
    'application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5',
    // Prometheus 2.42, and 3.
    'application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1',
    'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,text/plain;version=0.0.4;q=0.2,*/*;q=0.1',
    'text/plain;q=0.2, Application/OpenMetrics-Text; Q=0.3',
  ])('gives OpenMetrics to %j', (accept) => {
    expect(negotiateFormat(accept)).toBe('openmetrics')
  })

  it.each([
    undefined,
    '',
    '*/*',
    'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
    'text/plain',
    'text/plain;version=0.0.4',
    'application/openmetrics-text;version=0.0.1',
    'application/openmetrics-text;q=0',
    'application/openmetrics-text;q=0.1,text/plain;q=0.5',
    'application/openmetrics-text;q=much',
    'application/json',
    ';;;,,,',
  ])('gives the text of Prometheus to %j', (accept) => {
    expect(negotiateFormat(accept)).toBe('prometheus')
  })
})
