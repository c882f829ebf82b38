import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { environmentVariables } from '@ac/environment'
import { describe, expect, it } from '@jest/globals'
import { parse } from 'yaml'
import { ROOT } from '../src/root.ts'

const base = join(ROOT, 'infra/services/ac-service/base')
const configMap = parse(readFileSync(join(base, 'configmap.yaml'), 'utf8'))
const statefulSet = parse(readFileSync(join(base, 'statefulset.yaml'), 'utf8'))
// Those of OpenTelemetry are standard; the manifests set the ones that differ from what the standard has.
const ours = environmentVariables.filter(({ name }) => !name.startsWith('OTEL_'))
const [container] = statefulSet.spec.template.spec.containers

describe('the manifests', () => {
  it.each(ours)('tell the service its $name', ({ name }) => {
    const set = [...Object.keys(configMap.data), ...container.env.map((variable: { name: string }) => variable.name)]
    expect(set.includes(name) || set.includes(`${name}_FILE`)).toBe(true)
  })

  it.each(ours.filter((variable) => variable.secret))('have $name from a Secret', ({ name }) => {
    const { value } = container.env.find((variable: { name: string }) => variable.name === `${name}_FILE`)
    expect(value).toMatch(/^[/]run[/]secrets[/]ac-service[/]/)
    expect(configMap.data).not.toHaveProperty(name)
  })

  const defaults = ours.filter(({ name }) => Object.hasOwn(configMap.data, name))
  const decided = ['AC_ENVIRONMENT', 'AC_ISSUER', 'AC_REGION']
  it.each(defaults.filter(({ name }) => !decided.includes(name)))('leave $name at its default', (variable) => {
    expect(configMap.data[variable.name]).toBe(variable.default)
  })
})
