import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from '@jest/globals'
import { parse } from 'yaml'
import { ROOT } from '../src/root.ts'

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8')

describe('the kind cluster', () => {
  it('is of one known version, by digest', () => {
    for (const { image } of parse(read('infra/kind/cluster.yaml')).nodes)
      expect(image).toMatch(/:v\d+[.]\d+[.]\d+@sha256:[0-9a-f]{64}$/)
  })

  it('is given every Secret that the overlay asks for', () => {
    const made = read('infra/kind/setup.sh')
      .match(/create secret \w+ ([\w-]+)/g)
      ?.map((line) => line.split(' ').at(-1))
    const overlay = read('infra/services/ac-service/overlays/kind/postgres.yaml')
    const base = ['statefulset', 'job-migrate', 'cronjob-rotate-keys'].map((file) =>
      read(`infra/services/ac-service/base/${file}.yaml`),
    )
    const asked = [overlay, ...base].flatMap((file) => [
      ...file.matchAll(/secretName: ([\w-]+)|secretKeyRef: [{] name: ([\w-]+)/g),
    ])
    expect(made).toEqual(expect.arrayContaining(asked.map(([, volume, key]) => volume ?? key)))
  })

  it('is the only one that the scripts ever speak to', () => {
    for (const file of ['setup', 'rolling-restart'])
      expect(read(`infra/kind/${file}.sh`)).toContain('export KUBECONFIG=$kubeconfig')
  })
})

describe('the load of the rolling restart', () => {
  let server: Server | undefined
  let child: ChildProcess | undefined
  afterEach(() => {
    server?.close()
    child?.kill('SIGKILL')
  })

  /** Runs it for a moment against a server that answers so. @returns its exit code and what it counted */
  const load = async (statusOf: (request: number) => number) => {
    let count = 0
    server = createServer((_, response) => response.writeHead(statusOf((count += 1))).end('{}'))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/oauth2/token`
    const running = spawn(process.execPath, [join(ROOT, 'infra/kind/load.mjs')], {
      env: { TOKEN_URL: url, CLIENT_ID: 'a', CLIENT_SECRET: 'b', PAUSE_MS: '1' },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    child = running
    const ended = once(running, 'exit')
    while (count < 50) await sleep(10)
    running.kill('SIGTERM')
    const [output, [exitCode]] = await Promise.all([text(running.stdout), ended])
    return { exitCode, report: JSON.parse(output) }
  }

  it('ends well when every request got a token', async () => {
    const { exitCode, report } = await load(() => 200)
    expect({ exitCode, failed: report.failed }).toEqual({ exitCode: 0, failed: 0 })
    expect(report.requests).toBeGreaterThanOrEqual(50)
  })

  it('fails for one request that did not', async () => {
    const { exitCode, report } = await load((request) => (request === 20 ? 503 : 200))
    expect({ exitCode, failures: report.failures }).toEqual({ exitCode: 1, failures: { 503: 1 } })
  })
})
