import { editDistance } from './edit-distance.ts'
import { fileName } from './environment-variable.ts'
import { environmentVariables } from './environment-variables.ts'
import type { EnvironmentProblem } from './invalid-environment.ts'

/** Names of our own that the service does not read: where `npm start` keeps its data, and what tests are told. */
const NOT_FOR_THE_SERVICE = [/^AC_DATA_DIR$/, /^AC_TEST_/]

const SERVICE_HOST = '_SERVICE_HOST'
/** What else Kubernetes tells every pod about a Service, after the name of the Service. */
const SERVICE_LINK = /^_(SERVICE_PORT(_[A-Z0-9_]+)?|PORT(_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?)$/

const MAX_TYPING_ERRORS = 2
const known: readonly string[] = environmentVariables.flatMap(({ name, secret }) =>
  secret ? [name, fileName(name)] : [name],
)

/** Variables that begin with `AC_` and mean nothing: a typing error would otherwise leave a default in force unseen. */
export function unknownVariables(env: NodeJS.ProcessEnv): readonly EnvironmentProblem[] {
  const names = Object.keys(env).filter((name) => name.startsWith('AC_') && env[name] !== '')
  const links = serviceLinks(names)
  return names
    .filter((name) => !known.includes(name) && !links.has(name))
    .filter((name) => !NOT_FOR_THE_SERVICE.some((pattern) => pattern.test(name)))
    .map(describe)
}

function describe(name: string): EnvironmentProblem {
  // A name of other characters is a mishap of quoting that may have taken a secret into the name.
  if (!/^[A-Z0-9_]{1,64}$/.test(name)) {
    return {
      variable: 'AC_*',
      problem: 'must not be followed by anything but A-Z, 0-9 and _ in the name of a variable',
    }
  }
  const [nearest] = known
    .map((candidate) => ({ candidate, distance: editDistance(name, candidate) }))
    .filter(({ distance }) => distance <= MAX_TYPING_ERRORS)
    .toSorted((one, other) => one.distance - other.distance)
  const hint = nearest ? `; did you mean ${nearest.candidate}?` : ''
  return { variable: name, problem: `is not a variable of this service${hint}` }
}

/** Only what goes with the `_SERVICE_HOST` of a Service, so that `AC_HTP_PORT` is still a typing error. */
function serviceLinks(names: readonly string[]): ReadonlySet<string> {
  const services = names
    .filter((name) => name.endsWith(SERVICE_HOST))
    .map((name) => name.slice(0, -SERVICE_HOST.length))
  const links = names.filter((name) =>
    services.some((service) => name.startsWith(service) && SERVICE_LINK.test(name.slice(service.length))),
  )
  return new Set([...services.map((service) => service + SERVICE_HOST), ...links])
}
