import { runningServer } from './running-server.ts'

/** Jest's `globalTeardown`: stops what the set-up started. After a failed set-up nothing runs. */
async function globalTeardown(): Promise<void> {
  await runningServer.current?.stop()
}

// Jest takes the default export and nothing else.
export { globalTeardown as default }
