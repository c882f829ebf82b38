import { openLoad, type Outcome } from '@ac/load'
import type { RegisteredClient } from '@ac/testbed'
import type { ReplicaSlot } from './replica-slot.ts'

const TIMEOUT_MS = 35_000
const READY_POLL_MS = 200
const LONGEST_SECONDS = 600

/** An outcome by the clock of the run. */
export interface Request extends Outcome {
  /** When it should have begun, by `performance.now()`. */
  readonly dueAt: number
}

/** Token requests that go on while a fault comes and goes. */
export class Traffic {
  readonly requests: Request[] = []
  readonly #end = new AbortController()
  readonly #began = performance.now()
  readonly #watch: NodeJS.Timeout | undefined
  readonly #done: Promise<void>
  #urls: readonly string[]

  /**
   * Begins at once.
   * @param byReadiness whether requests go only to replicas that say that they are ready, as a Service of Kubernetes
   * does; else to every replica, whatever it says
   */
  constructor(
    slots: readonly ReplicaSlot[],
    clients: readonly RegisteredClient[],
    { perSecond, byReadiness = false }: { readonly perSecond: number; readonly byReadiness?: boolean },
  ) {
    this.#urls = slots.map(({ tokenUrl }) => tokenUrl)
    if (byReadiness) this.#watch = setInterval(() => void this.#followReadiness(slots), READY_POLL_MS)
    const load = {
      urls: () => (byReadiness ? this.#urls : slots.map(({ tokenUrl }) => tokenUrl)),
      authorizations: clients.map(basic),
      body: 'grant_type=client_credentials',
      perSecond,
      seconds: LONGEST_SECONDS,
      timeoutMs: TIMEOUT_MS,
    }
    const record = (outcome: Outcome): void =>
      void this.requests.push({ ...outcome, dueAt: this.#began + outcome.dueMs })
    this.#done = openLoad(load, record, this.#end.signal)
  }

  /** Ends it; resolves when the last request has its outcome. */
  async stop(): Promise<void> {
    this.#end.abort()
    clearInterval(this.#watch)
    await this.#done
  }

  /** The ids of all tokens that were received. */
  tokenIds(): readonly string[] {
    return this.requests.flatMap(({ failure, answer }) => (failure === undefined ? [tokenIdOf(answer)] : []))
  }

  async #followReadiness(slots: readonly ReplicaSlot[]): Promise<void> {
    const found = await Promise.all(
      slots.map(async (slot) => ((await slot.managementStatus('/ready')) === 200 ? [slot.tokenUrl] : [])),
    )
    const ready = found.flat()
    // A balancer that knows of no ready replica goes on with those that it had.
    if (ready.length > 0) this.#urls = ready
  }
}

const basic = ({ client_id, client_secret }: RegisteredClient): string =>
  `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString('base64')}`

function tokenIdOf(answer: string): string {
  const { access_token } = JSON.parse(answer) as { readonly access_token: string }
  const claims = Buffer.from(access_token.split('.')[1] ?? '', 'base64url').toString()
  return (JSON.parse(claims) as { readonly jti: string }).jti
}
