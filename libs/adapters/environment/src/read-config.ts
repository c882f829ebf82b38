import { deepFreeze } from './deep-freeze.ts'
import { partNames, variablesOf } from './environment-variables.ts'
import { InvalidEnvironment } from './invalid-environment.ts'
import { Reading } from './reading/reading.ts'
import { parts, type PartName, type ServiceConfig } from './service-config.ts'
import { unknownVariables } from './unknown-variables.ts'
import { unsafeCombinations } from './unsafe-combinations.ts'

/**
 * Reads the named parts and looks at no variable of the others, so a migration job needs the database's only:
 * `readConfig(process.env, ['database'])`. Names that begin with `AC_` and are of no part at all are refused.
 * @throws {InvalidEnvironment} naming everything that is wrong at once
 */
export function readConfig<P extends PartName>(env: NodeJS.ProcessEnv, names: readonly P[]): Pick<ServiceConfig, P> {
  const reading = new Reading(env, variablesOf(names))
  const broken = unsafeCombinations.map((rule) => rule.problem(reading)).filter((problem) => problem !== undefined)
  const problems = [...reading.problems, ...broken, ...unknownVariables(env)]
  if (problems.length > 0) throw new InvalidEnvironment(deepFreeze(problems))
  return deepFreeze(Object.fromEntries(names.map((name) => [name, parts[name].build(reading)]))) as Pick<
    ServiceConfig,
    P
  >
}

/**
 * Reads all that the service needs.
 * @throws {InvalidEnvironment} naming everything that is wrong at once
 */
export const readServiceConfig = (env: NodeJS.ProcessEnv): ServiceConfig => readConfig(env, partNames)
