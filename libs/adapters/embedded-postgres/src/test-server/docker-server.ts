import type { TestServer } from './test-server.ts'

/** PostgreSQL in a container; Testcontainers removes it even when this process dies. */
export async function startDockerServer(env: NodeJS.ProcessEnv): Promise<TestServer> {
  const [{ PostgreSqlContainer }, { Wait }] = await Promise.all([
    import('@testcontainers/postgresql'),
    import('testcontainers'),
  ])
  const container = await new PostgreSqlContainer(env['AC_TEST_POSTGRES_IMAGE'] || 'postgres:18-alpine')
    // Not the default health check: podman without systemd never runs one.
    .withWaitStrategy(Wait.forListeningPorts())
    .start()
  return {
    kind: 'docker',
    url: container.getConnectionUri(),
    stop: async () => {
      await container.stop()
    },
  }
}
