import {
  InvalidEnvironment,
  readConfig,
  type EnvironmentProblem,
  type PartName,
  type ServiceConfig,
} from '@ac/environment'
import { InvalidDatabaseUrl, parseDatabaseUrl } from '@ac/postgres'

/**
 * The parts of the service's environment that a command needs, always with the database's, whose URL is checked too.
 * @throws {InvalidEnvironment} naming everything that is wrong at once
 */
export function readConfiguration<P extends PartName = never>(
  env: NodeJS.ProcessEnv,
  ...names: readonly P[]
): Pick<ServiceConfig, P | 'database'> {
  const urlProblems = checkDatabaseUrl(env)
  try {
    const config = readConfig<P | 'database'>(env, ['database', ...names])
    if (urlProblems.length === 0) return config
  } catch (error) {
    if (error instanceof InvalidEnvironment) throw new InvalidEnvironment([...urlProblems, ...error.problems])
    throw error
  }
  throw new InvalidEnvironment(urlProblems)
}

/** What is wrong with the URL itself, as far as the variables of the database can be read at all. */
function checkDatabaseUrl(env: NodeJS.ProcessEnv): readonly EnvironmentProblem[] {
  try {
    const { url, tls, certificateAuthorities } = readConfig(env, ['database']).database
    parseDatabaseUrl(url.reveal(), tls, certificateAuthorities)
    return []
  } catch (error) {
    if (error instanceof InvalidDatabaseUrl) return [{ variable: 'DATABASE_URL', problem: error.rule }]
    if (error instanceof InvalidEnvironment) return []
    throw error
  }
}
