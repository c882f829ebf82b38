import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ROOT } from '../root.ts'
import { modelsOf, type KubernetesObject } from './kubernetes-object.ts'

const CONFIG = {
  extends: '../../tsconfig.json',
  compilerOptions: { types: [], exactOptionalPropertyTypes: false },
  include: ['manifests.ts'],
}

/**
 * Finds misspelt fields, which the published schemas let pass and the API server drops: the objects are compiled as
 * literals of their types, where TypeScript allows no property that the type has not.
 * @returns TypeScript's messages
 */
export async function findUnknownFields(objects: readonly KubernetesObject[]): Promise<readonly string[]> {
  const coverage = join(ROOT, 'infra/deploy/coverage')
  mkdirSync(coverage, { recursive: true })
  const folder = mkdtempSync(join(coverage, 'fields-'))
  try {
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(CONFIG))
    writeFileSync(join(folder, 'manifests.ts'), objects.map(asLiteral).join('\n'))
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', folder, '--pretty', 'false'],
      { maxBuffer: 16 * 1024 * 1024 },
    ).catch((failed: { readonly stdout: string }) => failed)
    return stdout.split('\n').filter((line) => /error TS\d+|^ /.test(line))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function asLiteral(object: KubernetesObject, index: number): string {
  const models = modelsOf(object.apiVersion) ?? '../../src/manifests/cloud-native-pg.ts'
  return [
    `import type { I${object.kind} as Type${index} } from '${models}'`,
    `export const object${index}: Type${index} = ${JSON.stringify(object, undefined, 1)}`,
  ].join('\n')
}
