import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { ROOT } from '../../src/root.ts'

/** The image that `npm run test:image` has built. */
export const IMAGE = 'localhost/ac-service:test'

/** As Kubernetes' "restricted" profile runs it: nothing to write to, no capability, none to be had. */
const HARDENED = [
  '--read-only',
  '--cap-drop=ALL',
  '--security-opt=no-new-privileges',
  '--memory=512m',
  '--pids-limit=100',
  '--network=host',
]

/** How a command of the container engine ended. */
export interface Outcome {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs a command of the container engine to its end. */
export async function container(...args: readonly string[]): Promise<Outcome> {
  const options = { cwd: ROOT, maxBuffer: 64 * 1024 * 1024 }
  try {
    return { exitCode: 0, ...(await promisify(execFile)('infra/docker/container.sh', args, options)) }
  } catch (error) {
    const { code, stdout, stderr } = error as Outcome & { readonly code: number | string }
    if (typeof code !== 'number') throw error
    return { exitCode: code, stdout, stderr }
  }
}

/** @returns what the command printed @throws {Error} it ended with another code than 0 */
export async function succeed(...args: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await container(...args)
  if (exitCode !== 0) throw new Error(`${args.join(' ')} ended with exit code ${exitCode}: ${stdout}${stderr}`)
  return stdout.trim()
}

/** What a container of the image is given besides its command. */
export interface Given {
  readonly env: Readonly<Record<string, string>>
  /** A folder of this machine that it finds, read-only, at the same path. */
  readonly folder: string
}

const options = ({ env, folder }: Given): readonly string[] => [
  ...Object.entries(env).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
  `--volume=${folder}:${folder}:ro`,
]

/** Runs one command line of the image to its end, hardened. */
export const runToEnd = (given: Given, ...command: readonly string[]): Promise<Outcome> =>
  container('run', '--rm', ...HARDENED, ...options(given), IMAGE, ...command)

/** Starts the image's own command in the background. @returns the container's id */
export const startService = (given: Given, hardened = true): Promise<string> =>
  succeed('run', '--detach', ...(hardened ? HARDENED : ['--network=host']), ...options(given), IMAGE)

/** Which engine answers on this machine. */
export const engine = async (): Promise<'docker' | 'podman'> =>
  /podman/i.test(await succeed('version')) ? 'podman' : 'docker'
