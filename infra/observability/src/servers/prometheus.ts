import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'
import type { RuleFile } from '../rules/rule-files.ts'
import { freePort } from './free-port.ts'
import { startServerProcess } from './server-process.ts'

/** What Prometheus reads metrics from. */
export interface Target {
  readonly port: number
  readonly namespace: string
  readonly pod: string
}

export interface PrometheusOptions {
  readonly targets: readonly Target[]
  readonly rules: readonly RuleFile[]
  /** Port of the Alertmanager on loopback that is told of alerts. */
  readonly alertmanagerPort?: number
}

/** One series of an answer: points of seconds since the epoch and value. */
export interface Series {
  readonly labels: Readonly<Record<string, string>>
  readonly points: readonly (readonly [number, number])[]
}

/** A pending or firing alert. */
export interface ActiveAlert {
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
  readonly state: 'pending' | 'firing'
}

/** A Prometheus on loopback with a database of its own, which goes with it. */
export interface Prometheus {
  /** @param at seconds since the epoch; now unless given. @throws {Error} the expression is refused */
  readonly query: (expr: string, at?: number) => Promise<readonly Series[]>
  /** @throws {Error} the expression is refused */
  readonly queryRange: (expr: string, from: number, to: number, step: number) => Promise<readonly Series[]>
  readonly alerts: () => Promise<readonly ActiveAlert[]>
  readonly stop: () => Promise<void>
}

/** Scrapes and evaluates every second. The job is `ac-service`, as in the cluster. */
export async function startPrometheus({ targets, rules, alertmanagerPort }: PrometheusOptions): Promise<Prometheus> {
  const folder = await mkdtemp(join(tmpdir(), 'ac-prometheus-'))
  const files = rules.map((_, index) => `rules-${index}.yaml`)
  await Promise.all(files.map((file, index) => writeFile(join(folder, file), stringify(rules[index]))))
  const configuration = {
    global: { scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '1s' },
    rule_files: files,
    scrape_configs: [
      {
        job_name: 'ac-service',
        static_configs: targets.map(({ port, namespace, pod }) => ({
          targets: [`127.0.0.1:${port}`],
          labels: { namespace, pod },
        })),
      },
    ],
    ...(alertmanagerPort !== undefined && {
      alerting: { alertmanagers: [{ static_configs: [{ targets: [`127.0.0.1:${alertmanagerPort}`] }] }] },
    }),
  }
  await writeFile(join(folder, 'prometheus.yaml'), stringify(configuration))
  const url = `http://127.0.0.1:${await freePort()}`
  const server = await startServerProcess(
    'prometheus',
    [
      `--config.file=${folder}/prometheus.yaml`,
      `--storage.tsdb.path=${folder}/data`,
      `--web.listen-address=${new URL(url).host}`,
      '--rules.alert.resend-delay=1s',
      '--log.level=warn',
    ],
    url,
  )
  const ask = <T>(path: string, parameters: Readonly<Record<string, string>> = {}): Promise<T> =>
    fetchData<T>(`${url}/api/v1/${path}?${new URLSearchParams(parameters).toString()}`)
  return {
    query: async (expr, at) =>
      seriesOf(await ask<Result>('query', { query: expr, ...(at !== undefined && { time: String(at) }) })),
    queryRange: async (expr, from, to, step) =>
      seriesOf(
        await ask<Result>('query_range', { query: expr, start: String(from), end: String(to), step: String(step) }),
      ),
    alerts: async () => (await ask<{ readonly alerts: readonly ActiveAlert[] }>('alerts')).alerts,
    stop: async () => {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

type RawPoint = readonly [number, string]

interface Result {
  readonly result: readonly {
    readonly metric: Readonly<Record<string, string>>
    readonly value?: RawPoint
    readonly values?: readonly RawPoint[]
  }[]
}

async function fetchData<T>(url: string): Promise<T> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(10_000) })
  const body = (await answer.json()) as { readonly status: string; readonly error?: string; readonly data: T }
  if (body.status !== 'success') throw new Error(`Prometheus refuses ${url}: ${body.error}`)
  return body.data
}

const seriesOf = ({ result }: Result): readonly Series[] =>
  result.map(({ metric, value, values }) => ({
    labels: metric,
    points: (values ?? (value ? [value] : [])).map(([at, text]) => [at, Number(text)]),
  }))
