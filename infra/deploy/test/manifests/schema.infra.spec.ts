import { beforeAll, describe, expect, it } from '@jest/globals'
import { findUnknownFields } from '../../src/manifests/find-unknown-fields.ts'
import { nameOf, type KubernetesObject } from '../../src/manifests/kubernetes-object.ts'
import { OVERLAYS, render } from '../../src/manifests/render.ts'
import { validateSchema } from '../../src/manifests/validate-schema.ts'
import { changed } from './changed.ts'

describe.each(Object.entries(OVERLAYS))('the objects of %s', (_, folder) => {
  let objects: readonly KubernetesObject[]
  beforeAll(async () => {
    objects = await render(folder)
  })

  it('are each as their published schema wants them', async () => {
    const problems = await Promise.all(objects.map(async (object) => [nameOf(object), await validateSchema(object)]))
    expect(problems.filter(([, problem]) => problem !== undefined)).toEqual([])
  })

  it('have no field that their kind does not have', async () => {
    expect(await findUnknownFields(objects)).toEqual([])
  }, 120_000)
})

describe('the checks', () => {
  let objects: readonly KubernetesObject[]
  beforeAll(async () => {
    objects = await render(OVERLAYS.production)
  })

  it.each([
    ['StatefulSet', 'spec.replicas', '3'],
    ['StatefulSet', 'spec.selector', undefined],
    ['StatefulSet', 'spec.template.spec.containers.0.resources.limits.memory', '2 gigabytes'],
    ['CronJob', 'spec.concurrencyPolicy', 'Never'],
    ['PrometheusRule', 'spec.groups.0.rules.0.expr', undefined],
    ['ExternalSecret', 'spec.data.0.remoteRef', undefined],
  ] as const)('find that %s has a wrong %s', async (kind, path, value) => {
    const [wrong] = changed(objects, kind, path, value).filter((object) => object.kind === kind)
    expect(wrong && (await validateSchema(wrong))).toEqual(expect.any(String))
  })

  it('find every misspelt field', async () => {
    const misspelt = [
      ['Job', 'spec.template.spec.containers.0.redinessProbe'],
      ['StatefulSet', 'spec.template.spec.containers.0.securityContext.capabilities.dropp'],
      ['NetworkPolicy', 'spec.egres'],
      ['CronJob', 'spec.concurencyPolicy'],
      ['ServiceMonitor', 'spec.endpoints.0.intervall'],
      ['PrometheusRule', 'spec.groups.0.rules.0.labls'],
      ['ExternalSecret', 'spec.refreshIntervall'],
      ['PodDisruptionBudget', 'spec.maxUnavailble'],
    ] as const
    const wrong = misspelt.reduce((all, [kind, path]) => changed(all, kind, path, {}), objects)
    const found = (await findUnknownFields(wrong)).join('\n')
    for (const [, path] of misspelt) expect(found).toContain(`"${path.split('.').at(-1)}"`)
  }, 120_000)
})
