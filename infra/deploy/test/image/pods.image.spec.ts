import { randomBytes } from 'node:crypto'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { asPod } from '../../src/manifests/as-pod.ts'
import type { KubernetesObject } from '../../src/manifests/kubernetes-object.ts'
import { OVERLAYS, render } from '../../src/manifests/render.ts'
import { workloadsOf } from '../../src/manifests/workloads.ts'
import { container, engine, IMAGE, succeed } from './container.ts'
import { awaitService } from './service.ts'
import { startTlsDatabase, type TlsDatabase } from './tls-database.ts'

const LOOPBACK = {
  AC_HTTP_HOST: '127.0.0.1',
  AC_HTTP_PORT: '0',
  AC_MANAGEMENT_HOST: '127.0.0.1',
  AC_MANAGEMENT_PORT: '0',
  AC_SHUTDOWN_DELAY_MS: '0',
}

// Docker plays no manifests; where it answers, the kind job of CI deploys them.
const describeOnPodman = (await engine()) === 'podman' ? describe : describe.skip

describeOnPodman('the pods of the manifests', () => {
  const folder = mkdtempSync('/var/tmp/ac-pods-')
  const folderOf = (secret: string): string => join(folder, secret)
  let database: TlsDatabase
  let objects: readonly KubernetesObject[]

  /** As the kubelet mounts a Secret with `defaultMode: 0440` for the `fsGroup` 65532. */
  const mountSecret = (name: string, content: Readonly<Record<string, string>>): void => {
    mkdirSync(folderOf(name))
    for (const [key, value] of Object.entries(content)) {
      const file = join(folderOf(name), key)
      writeFileSync(file, value, { mode: 0o440 })
      chownSync(file, 0, 65_532)
    }
  }

  beforeAll(async () => {
    chmodSync(folder, 0o755)
    database = await startTlsDatabase(folder)
    objects = await render(OVERLAYS.kind)
    mountSecret('ac-database-ca', { 'ca.crt': readFileSync(database.caFile, 'utf8') })
    mountSecret('ac-service-migrate', { DATABASE_URL: database.ownerUrl })
    mountSecret('ac-service', {
      DATABASE_URL: database.loginUrl,
      AC_MASTER_KEY: randomBytes(32).toString('base64'),
      AC_MASTER_KEYS_PREVIOUS: '',
      AC_HASH_SECRET: randomBytes(32).toString('base64'),
    })
  }, 120_000)
  afterAll(async () => {
    for (const pod of ['ac-service-migrate', 'ac-service']) await container('pod', 'rm', '--force', pod)
    await database.stop()
    rmSync(folder, { recursive: true })
  }, 60_000)

  /** @returns the name of the one container of the pod */
  const play = async (name: string): Promise<string> => {
    const [workload] = workloadsOf(objects).filter(({ object }) => object.metadata?.name === name)
    if (!workload) throw new Error(`the manifests have no ${name}`)
    const file = join(folder, `${name}.yaml`)
    writeFileSync(file, asPod(workload, objects, { image: IMAGE, folderOf, configuration: LOOPBACK }))
    await succeed('play', 'kube', file)
    return `${name}-${workload.spec.containers[0]?.name}`
  }

  it('migrate the database, and serve once it is migrated', async () => {
    const migration = await play('ac-service-migrate')
    const exitCode = await succeed('wait', migration)
    expect({ exitCode, said: (await container('logs', migration)).stderr }).toEqual({ exitCode: '0', said: '' })
    const service = await awaitService(await play('ac-service'))
    expect((await fetch(`${service.managementUrl}/ready`)).status).toBe(200)
    expect(readFileSync(`/proc/${service.pid}/status`, 'utf8')).toMatch(/^Uid:\t65532\t65532\t65532\t65532$/m)
  }, 120_000)
})
