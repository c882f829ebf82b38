import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { parseAllDocuments } from 'yaml'
import { ROOT } from '../root.ts'
import type { KubernetesObject } from './kubernetes-object.ts'

/** Folders that `kubectl apply -k` takes. */
export const OVERLAYS = {
  kind: 'infra/services/ac-service/overlays/kind',
  production: 'infra/services/ac-service/overlays/production',
  database: 'infra/services/ac-service/database/cloudnative-pg',
} as const

/** The objects that `kubectl apply -k folder` would send. */
export async function render(folder: string): Promise<readonly KubernetesObject[]> {
  const { stdout } = await promisify(execFile)('kubectl', ['kustomize', folder], {
    cwd: ROOT,
    maxBuffer: 64 * 1024 * 1024,
  })
  return parseObjects(stdout)
}

/** The Secrets that must be there, with nothing in them. */
export const secretTemplate = (): readonly KubernetesObject[] =>
  parseObjects(readFileSync(join(ROOT, 'infra/services/ac-service/base/secret.template.yaml'), 'utf8'))

/** The objects of a YAML stream, unchecked. */
const parseObjects = (text: string): readonly KubernetesObject[] =>
  parseAllDocuments(text).map((document) => document.toJS() as KubernetesObject)
