import { startTestServer } from '../test-server/start-test-server.ts'
import { needsDatabase } from './needs-database.ts'
import { runningServer, SERVER_URL_VARIABLE } from './running-server.ts'

interface GlobalConfig {
  readonly testPathPatterns: {
    toExecutor(options: { readonly rootDir: string }): { isMatch(path: string): boolean }
  }
}

interface ProjectConfig {
  readonly rootDir: string
}

/** Jest's `globalSetup`: one server for a project's run, and none when no chosen spec needs one. */
async function globalSetup({ testPathPatterns }: GlobalConfig, { rootDir }: ProjectConfig): Promise<void> {
  delete process.env[SERVER_URL_VARIABLE]
  const chosen = testPathPatterns.toExecutor({ rootDir })
  if (!(await needsDatabase(rootDir, (path) => chosen.isMatch(path)))) return
  runningServer.current = await startTestServer(process.env, (step) => process.stderr.write(`${step}\n`))
  process.env[SERVER_URL_VARIABLE] = runningServer.current.url
}

// Jest takes the default export and nothing else.
export { globalSetup as default }
