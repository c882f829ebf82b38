import { escape, lineChart } from './chart.ts'
import { formatReport, type LoadReport } from './report.ts'

const STYLE = `
  body { font: 15px/1.5 system-ui, sans-serif; max-width: 900px; margin: 2rem auto; padding: 0 1rem; color: #1f2328 }
  pre { background: #f6f8fa; padding: 1rem; overflow-x: auto }
  figure { margin: 2rem 0 } figcaption { font-weight: 600 } svg { width: 100% } svg text { font: 11px system-ui; fill: #57606a }`

/** The report as one HTML file that loads nothing. */
export function formatHtml(report: LoadReport): string {
  const { stretchSeconds: step, result, when } = report
  const { stretches } = result
  const latency = (percent: 50 | 99 | 99.9) => stretches.map(({ latencyMs }) => latencyMs[percent])
  const charts = [
    lineChart({
      title: 'Latency from the intended start',
      unit: 'ms',
      step,
      series: [
        { name: 'p50', points: latency(50) },
        { name: 'p99.9', points: latency(99.9) },
        { name: 'p99', points: latency(99) },
      ],
    }),
    lineChart({
      title: 'Requests',
      unit: 'per second',
      step,
      series: [
        { name: 'answered', points: stretches.map(({ answered }) => answered / step) },
        { name: 'failed', points: stretches.map(({ failed }) => failed / step) },
      ],
    }),
    lineChart({
      title: 'Resident memory',
      unit: 'MiB',
      step,
      series: Array.from({ length: report.options.replicas }, (_, replica) => ({
        name: `replica ${replica + 1}`,
        points: stretches.map(({ memoryMib }) => memoryMib[replica] ?? Number.NaN),
      })),
    }),
  ]
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Load test of ac-service, ${escape(when)}</title>
<style>${STYLE}</style>
<h1>Load test of ac-service</h1>
<p>${escape(when)}</p>
<pre>${escape(formatReport(report))}</pre>
${charts.join('\n')}
</html>
`
}
