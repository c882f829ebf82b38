import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { environmentVariables } from '@ac/environment'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { parse } from 'yaml'
import { ROOT } from '../src/root.ts'

const run = promisify(execFile)

interface ComposeService {
  readonly image?: string
  readonly environment?: Readonly<Record<string, string>>
  readonly ports?: readonly string[]
  readonly volumes?: readonly string[]
  readonly read_only?: boolean
  readonly cap_drop?: readonly string[]
}

describe('the compose stack', () => {
  let services: Readonly<Record<string, ComposeService>>
  beforeAll(async () => {
    const { stdout } = await run('docker-compose', ['--file', 'infra/compose.yaml', '--profile', 'tools', 'config'], {
      cwd: ROOT,
    })
    services = parse(stdout).services
  })

  it('has the service, its database, and what watches them', () => {
    expect(Object.keys(services)).toEqual(
      expect.arrayContaining([
        'ac-service',
        'acctl',
        'alertmanager',
        'grafana',
        'jaeger',
        'otel-collector',
        'postgres',
        'prometheus',
      ]),
    )
  })

  it('pins every image to a version', () => {
    const images = Object.values(services).map(({ image }) => image ?? '')
    expect(images.filter((image) => !/:v?\d+[.]\d+[.\w-]*$|^localhost[/]ac-service:compose$/.test(image))).toEqual([])
  })

  it('listens on loopback only', () => {
    const ports = Object.values(services).flatMap((service) => service.ports ?? [])
    expect(ports.length).toBeGreaterThan(3)
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([])
  })

  it('gives nobody but the maker of secrets a file system to write to, or a capability', () => {
    const free = Object.entries(services).filter(
      ([, service]) => !service.read_only || !service.cap_drop?.includes('ALL'),
    )
    expect(free.map(([name]) => name)).toEqual(['secrets'])
  })

  it('mounts files that there are', () => {
    const mounted = Object.values(services).flatMap((service) =>
      (service.volumes ?? []).flatMap((volume) => /^([/][^:]*):/.exec(volume)?.[1] ?? []),
    )
    expect(mounted.length).toBeGreaterThan(5)
    expect(mounted.filter((path) => !existsSync(path))).toEqual([])
  })

  it('sets no variable that the service does not read', () => {
    const known = environmentVariables.flatMap(({ name }) => [name, `${name}_FILE`])
    const set = Object.keys(services['ac-service']?.environment ?? {}).filter((name) => !name.startsWith('OTEL_'))
    expect(set.filter((name) => !known.includes(name))).toEqual([])
    const required = environmentVariables.filter((variable) => variable.required).map(({ name }) => name)
    expect(required.filter((name) => !set.includes(name) && !set.includes(`${name}_FILE`))).toEqual([])
  })

  it('shows Prometheus a configuration that it takes', async () => {
    const { stdout } = await run('promtool', ['check', 'config', '--syntax-only', 'infra/compose/prometheus.yaml'], {
      cwd: ROOT,
    })
    expect(stdout).toContain('SUCCESS')
  })
})

describe('make-secrets.sh', () => {
  it('makes secrets that only their users can read, and keeps those that are there', async () => {
    const folder = mkdtempSync('/var/tmp/ac-secrets-')
    const make = () => run('bash', [join(ROOT, 'infra/compose/make-secrets.sh'), folder])
    const contents = (): readonly string[] =>
      readdirSync(folder).map((name) => `${name}: ${readFileSync(join(folder, name), 'utf8')}`)
    try {
      await make()
      const first = contents()
      expect(first.join('\n')).toMatch(/^login-url: postgresql:[/][/]ac_login:\w{48}@postgres:5432[/]ac$/m)
      for (const name of readdirSync(folder).filter((file) => !/[.]crt$/.test(file)))
        expect((statSync(join(folder, name)).mode & 0o077).toString(8)).toBe('0')
      await make()
      expect(contents()).toEqual(first)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
