import {
  InvalidEnvironment,
  readConfig,
  readServiceConfig,
  type EnvironmentProblem,
  type ServiceConfig,
} from '@ac/environment'
import { InvalidDatabaseUrl, parseDatabaseUrl } from '@ac/postgres'

/**
 * The service's configuration, checked throughout: also by the adapter that knows what a database URL may say.
 * @throws {InvalidEnvironment} naming everything that is wrong at once
 */
export function readConfiguration(env: NodeJS.ProcessEnv): ServiceConfig {
  const databaseProblems = checkDatabaseUrl(env)
  try {
    const config = readServiceConfig(env)
    if (databaseProblems.length > 0) throw new InvalidEnvironment(databaseProblems)
    return config
  } catch (error) {
    if (!(error instanceof InvalidEnvironment) || error.problems === databaseProblems) throw error
    throw new InvalidEnvironment([...databaseProblems, ...error.problems])
  }
}

/** All that decides whether a database URL is acceptable: nothing else that is wrong may hide what is wrong with it. */
const DECISIVE = ['DATABASE_URL', 'DATABASE_URL_FILE', 'AC_DATABASE_TLS']

/** What is wrong with the database URL, as far as it can be read at all. */
function checkDatabaseUrl(env: NodeJS.ProcessEnv): readonly EnvironmentProblem[] {
  const decisive = Object.fromEntries(DECISIVE.map((name) => [name, env[name]]))
  try {
    const { url, tls } = readConfig(decisive, ['database']).database
    parseDatabaseUrl(url.reveal(), tls)
    return []
  } catch (error) {
    if (error instanceof InvalidDatabaseUrl) return [{ variable: 'DATABASE_URL', problem: error.rule }]
    if (error instanceof InvalidEnvironment) return []
    throw error
  }
}
