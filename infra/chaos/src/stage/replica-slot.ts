import { readdirSync, readFileSync } from 'node:fs'
import type { Deployment, Replica } from '@ac/testbed'

type Environment = Readonly<Record<string, string>>

/** A place at which a replica runs, and which stays when the replica is replaced: what a pod of a StatefulSet is. */
export class ReplicaSlot {
  /** Every line that any replica here logged. */
  readonly log: string[] = []
  readonly #deployment: Deployment
  readonly #environment: Environment
  #replica: Replica | undefined

  constructor(deployment: Deployment, environment: Environment) {
    this.#deployment = deployment
    this.#environment = environment
  }

  async start(changes: Environment = {}): Promise<Replica> {
    this.#replica = await this.#deployment.startReplica({ ...this.#environment, ...changes }, (line) =>
      this.log.push(line),
    )
    return this.#replica
  }

  get replica(): Replica {
    if (!this.#replica) throw new Error('no replica was started here')
    return this.#replica
  }

  get tokenUrl(): string {
    return `${this.api}/oauth2/token`
  }

  get api(): string {
    return `http://127.0.0.1:${this.replica.port}`
  }

  /** The status that `path` of the management listener answers with; 0 when nothing answers within a second. */
  managementStatus(path: '/health' | '/ready'): Promise<number> {
    return statusOf(`http://127.0.0.1:${this.replica.managementPort}${path}`)
  }

  /** The status of a public path of the API; 0 when nothing answers within a second. */
  publicStatus(path: string): Promise<number> {
    return statusOf(`${this.api}${path}`)
  }

  /** Open file descriptors, and resident memory in MiB. */
  footprint(): { readonly descriptors: number; readonly memoryMib: number } {
    const { pid } = this.replica
    const [, kib] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return { descriptors: readdirSync(`/proc/${pid}/fd`).length, memoryMib: Math.round(Number(kib) / 1024) }
  }
}

async function statusOf(url: string): Promise<number> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(1000) })
    await response.arrayBuffer()
    return response.status
  } catch {
    return 0
  }
}
