import { afterAll, beforeAll } from '@jest/globals'
import { serviceEnvironment } from './service-environment.ts'
import { ServiceProcess } from './service-process.ts'

/** A service that listens. */
export interface RunningService {
  /** Base URL of the API, without a slash at its end. */
  readonly api: string
  readonly apiPort: number
  /** Base URL of the management listener, without a slash at its end. */
  readonly management: string
  readonly process: ServiceProcess
  /**
   * Stops it by SIGTERM.
   * @throws {Error} it does not end with exit code 0
   */
  stop(): Promise<void>
}

/** Resolves when both listeners of `process` are open. */
export async function whenListening(process: ServiceProcess): Promise<RunningService> {
  const { port: managementPort } = await process.logged('management is listening')
  const { port: apiPort } = await process.logged('listening')
  return {
    api: `http://127.0.0.1:${String(apiPort)}`,
    apiPort: Number(apiPort),
    management: `http://127.0.0.1:${String(managementPort)}`,
    process,
    stop: async () => {
      process.signal('SIGTERM')
      const code = await process.exited()
      if (code !== 0) throw new Error(`the service ended with ${String(code)}:\n${process.output}`)
    },
  }
}

/** Starts a service on a migrated database; whoever starts it stops it. */
export const startService = (
  databaseUrl: string,
  changes: Readonly<Record<string, string>> = {},
  nodeArguments: readonly string[] = [],
): Promise<RunningService> => whenListening(new ServiceProcess(serviceEnvironment(databaseUrl, changes), nodeArguments))

/**
 * Gives the calling block or file one service, started before its first test and stopped after its last.
 * @param databaseUrl asked when the service starts
 */
export function useService(
  databaseUrl: () => string,
  changes: Readonly<Record<string, string>> = {},
): () => RunningService {
  let service: RunningService | undefined
  beforeAll(async () => {
    service = await startService(databaseUrl(), changes)
  })
  afterAll(() => service?.stop())
  return () => {
    if (!service) throw new Error('the service runs in hooks and tests only')
    return service
  }
}

/** As {@link useService}, two replicas over one database. */
export function useTwoServices(
  databaseUrl: () => string,
  changes: Readonly<Record<string, string>> = {},
): () => readonly [RunningService, RunningService] {
  const [one, other] = [useService(databaseUrl, changes), useService(databaseUrl, changes)]
  return () => [one(), other()]
}
