import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { environmentVariables, readServiceConfig } from '@ac/environment'
import { describe, expect, it } from '@jest/globals'
import { ofKind, type KubernetesObject } from '../../src/manifests/kubernetes-object.ts'
import { OVERLAYS, render, secretTemplate } from '../../src/manifests/render.ts'
import { containersOf, workloadsOf } from '../../src/manifests/workloads.ts'

const NAMES = environmentVariables.map(({ name }) => name).filter((name) => !name.startsWith('OTEL_'))

/** What the container of the StatefulSet finds in its environment; `valueFrom` is left out. */
function environmentOf(objects: readonly KubernetesObject[]): Readonly<Record<string, string>> {
  const [configMap] = ofKind(objects, 'ConfigMap').filter(({ metadata }) => metadata?.name === 'ac-service')
  const [service] = workloadsOf(objects).filter(({ object }) => object.metadata?.name === 'ac-service')
  const own = service === undefined ? [] : containersOf(service).flatMap(({ env = [] }) => env)
  return {
    ...configMap?.data,
    ...Object.fromEntries(own.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]]))),
  }
}

/** The keys of each Secret, from where the overlay has them. */
function secretsOf(objects: readonly KubernetesObject[]): Readonly<Record<string, readonly string[]>> {
  const external = ofKind(objects, 'ExternalSecret').map(({ spec }) => [
    spec?.target?.name ?? '',
    (spec?.data ?? []).map(({ secretKey }) => secretKey),
  ])
  const plain = ofKind(objects, 'Secret').map(({ metadata, stringData }) => [
    metadata?.name ?? '',
    Object.keys(stringData ?? {}),
  ])
  return Object.fromEntries([...external, ...plain])
}

const template = secretTemplate()

describe.each([
  ['kind', OVERLAYS.kind],
  ['production', OVERLAYS.production],
])('the configuration of %s', (_, folder) => {
  it('sets every variable that the service reads, and no other', async () => {
    const environment = environmentOf(await render(folder))
    const set = Object.keys(environment).filter((name) => !name.startsWith('OTEL_'))
    const plain = set.map((name) => (NAMES.includes(name) ? name : name.replace(/_FILE$/, '')))
    expect(plain.toSorted()).toEqual(NAMES.toSorted())
  })

  it('is one that the service starts with', async () => {
    const secrets = mkdtempSync(join(tmpdir(), 'ac-configuration-'))
    const content: Readonly<Record<string, string>> = {
      DATABASE_URL: 'postgresql://ac_login:secret@ac-database-rw.ac.svc.cluster.local:5432/ac',
      AC_MASTER_KEY: Buffer.alloc(32, 1).toString('base64'),
      AC_MASTER_KEYS_PREVIOUS: '',
      AC_HASH_SECRET: Buffer.alloc(32, 2).toString('base64'),
    }
    for (const [name, value] of Object.entries(content)) writeFileSync(join(secrets, name), value)
    const { AC_DATABASE_CA_FILE: _ca, ...given } = environmentOf(await render(folder))
    const environment = Object.fromEntries(
      Object.entries(given).map(([name, value]) => [
        name,
        name.endsWith('_FILE') ? join(secrets, basename(value)) : value,
      ]),
    )
    try {
      expect(readServiceConfig(environment).tokens.issuer).toBe(given['AC_ISSUER'])
    } finally {
      rmSync(secrets, { recursive: true })
    }
  })
})

describe('the Secrets', () => {
  it('have in production the keys of the template, and all that pods look for', async () => {
    const objects = await render(OVERLAYS.production)
    const { 'ac-database-ca': _madeByTheOperator, ...expected } = secretsOf(template)
    expect(secretsOf(objects)).toEqual(expected)
    for (const workload of workloadsOf(objects)) {
      const files = containersOf(workload).flatMap(({ env = [] }) => env.flatMap(({ value }) => value ?? []))
      const looked = files.flatMap((file) => /^[/]run[/]secrets[/]([^/]+)[/](.+)$/.exec(file)?.slice(1) ?? [])
      for (let at = 0; at < looked.length; at += 2)
        expect(secretsOf(template)[looked[at] ?? '']).toContain(looked[at + 1])
    }
  })

  it('have in the template nothing that could be taken for a value', () => {
    for (const secret of ofKind(template, 'Secret'))
      for (const value of Object.values(secret.stringData ?? {})) expect(value).toMatch(/^$|REPLACE/)
  })
})
