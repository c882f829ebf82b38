// Which part of the workspace may import which. A lib that is not listed here is an error.
// Each comment is what a developer reads when the rule fires; infra/dev/test/boundaries.spec.ts plants every violation.
import { globSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'

const domainLibs = ['audit', 'client-validation', 'key-rotation', 'token-issuance', 'token-validation']

// What each adapter is for: the only packages that its production code may import.
const technology = {
  crypto: ['argon2', 'jose'],
  'embedded-postgres': [
    'embedded-postgres',
    '@embedded-postgres/[^/]+',
    'pg',
    'testcontainers',
    '@testcontainers/[^/]+',
  ],
  environment: ['zod'],
  postgres: ['kysely', 'pg'],
  'rate-limiter': ['pg', 'rate-limiter-flexible'],
  telemetry: ['@opentelemetry/[^/]+', 'pino', 'prom-client'],
}

const domains = ['kernel', ...domainLibs].join('|')
const adapters = Object.keys(technology).join('|')
const member = '(?:apps/[^/]+|infra/[^/]+|libs/[^/]+/[^/]+)'
// src/testing/ holds a lib's fakes and contract suites, src/jest/ its hooks for Jest.
const testing = `^${member}/(?:test|src/testing|src/jest)/`
const tests = `[.]spec[.]ts$|${testing}`
const composition = '^apps/[^/]+/src/(?:composition/|main[.]ts$)'
const embeddedPostgres = '^libs/adapters/embedded-postgres/'
const unlisted = `^libs/(?!(?:domain/(?:${domains})|adapters/(?:${adapters}))/)`

const packages = (names) => `node_modules/(?:${names.join('|')})/`
const testRunner = packages(['@jest/globals', 'fast-check'])

const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

const whoKnowsWhom = [
  forbid(
    'kernel-imports-nothing',
    'The kernel depends on nothing: no lib, no package, no node: module.',
    { path: '^libs/domain/kernel/' },
    { pathNot: `^libs/domain/kernel/|${testRunner}` },
  ),
  ...domainLibs.map((lib) =>
    forbid(
      `${lib}-imports-kernel-only`,
      'A domain lib is plain TypeScript over the kernel: no other lib, no package, no node: module.',
      { path: `^libs/domain/${lib}/` },
      { pathNot: `^libs/domain/(?:kernel|${lib})/|${testRunner}` },
    ),
  ),
  ...Object.entries(technology).map(([lib, names]) =>
    forbid(
      `${lib}-imports-its-technology-only`,
      `An adapter may import the domain libs, node: modules and its own technology, here: ${names.join(', ')}.`,
      { path: `^libs/adapters/${lib}/`, pathNot: tests },
      { pathNot: `^libs/(?:domain|adapters/${lib})/|${packages(names)}`, dependencyTypesNot: ['core'] },
    ),
  ),
  forbid(
    'adapters-never-meet',
    'Adapters do not know each other. Their tests may use embedded-postgres.',
    { path: '^libs/adapters/([^/]+)/' },
    { path: '^libs/adapters/', pathNot: `^libs/adapters/$1/|${embeddedPostgres}` },
  ),
  forbid('no-nest-in-libs', 'Nest belongs to the apps.', { path: '^libs/' }, { path: packages(['@nestjs']) }),
  forbid(
    'adapters-in-composition-only',
    'Only composition/ and main.ts name concrete classes; the tests of an app start real ones.',
    { path: '^apps/', pathNot: `${composition}|${tests}` },
    { path: '^libs/adapters/' },
  ),
  forbid(
    'embedded-postgres-in-tests-and-tools-only',
    'The service runs on the database that it is given.',
    { path: '^(?:apps|libs)/', pathNot: `${tests}|${embeddedPostgres}` },
    { path: embeddedPostgres },
  ),
  forbid(
    'tokens-of-composition-only',
    'What an app needs from its composition is injected: import the token, not the wiring.',
    { path: '^apps/', pathNot: `${composition}|${tests}` },
    { path: '^apps/[^/]+/src/composition/', pathNot: '^apps/[^/]+/src/composition/tokens(?:/|[.]ts$)' },
  ),
  forbid('nothing-imports-an-app', 'An app is a leaf.', { pathNot: '^apps/' }, { path: '^apps/' }),
  forbid(
    'apps-never-meet',
    'What two apps share is a lib.',
    { path: '^apps/([^/]+)/' },
    { path: '^apps/', pathNot: '^apps/$1/' },
  ),
  forbid('listed-libs-only', 'List this lib in .dependency-cruiser.mjs.', { path: unlisted }, {}),
  forbid('listed-libs-only', 'List this lib in .dependency-cruiser.mjs.', { path: unlisted, orphan: true }, {}),
]

const testsApart = [
  forbid(
    'testing-from-tests-only',
    'Fakes and contract suites are for specs, test/ and other testing folders.',
    { pathNot: tests },
    { path: testing },
  ),
  forbid(
    'test-runner-in-tests-only',
    'Production code needs no test runner.',
    { pathNot: tests },
    { path: testRunner },
  ),
]

const soundness = [
  forbid('no-cycles', 'Two files that need each other are one concept.', {}, { circular: true }),
  forbid('resolvable', 'Not installed, or closed by the exports map of its package.', {}, { couldNotResolve: true }),
  forbid(
    'through-the-package-name',
    'Another part of the workspace is imported by its package name, so that its exports map decides.',
    { path: `^(${member})/` },
    { path: `^${member}/`, pathNot: '^$1/', dependencyTypes: ['local'], dependencyTypesNot: ['aliased-workspace'] },
  ),
  forbid(
    'packages-declared',
    'Declare it in the package.json of the package that imports it.',
    {},
    { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
  ),
  forbid(
    'no-dev-package-in-production',
    'A production install leaves devDependencies out.',
    { path: '^(?:apps|libs)/', pathNot: `${tests}|${embeddedPostgres}` },
    { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
  ),
]

// npm links every member of the workspace for everybody, so an undeclared one resolves here and is missing in the image.
// Nothing of infra/ is ever installed for production: there, devDependencies are as good.
const members = globSync(['apps/*', 'infra/*', 'libs/*/*'].map((folders) => `${folders}/package.json`)).map((file) => ({
  folder: dirname(file),
  ...JSON.parse(readFileSync(file, 'utf8')),
}))
const foldersOf = (dependencies = {}) =>
  members.filter(({ name }) => Object.hasOwn(dependencies, name)).map(({ folder }) => folder)
const membersDeclared = members.flatMap(({ folder, dependencies, devDependencies }) =>
  [
    { from: { path: `^${folder}/`, pathNot: `${tests}|^infra/` }, folders: foldersOf(dependencies) },
    { from: { path: `^${folder}/` }, folders: foldersOf({ ...dependencies, ...devDependencies }) },
  ].map(({ from, folders }) =>
    forbid(
      `members-declared-in-${folder}`,
      `Declare it in ${folder}/package.json: production code needs it in dependencies, tests in devDependencies.`,
      from,
      { path: `^${member}/`, pathNot: `^(?:${[folder, ...folders].join('|')})/` },
    ),
  ),
)

export default {
  forbidden: [...whoKnowsWhom, ...testsApart, ...soundness, ...membersDeclared],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: `^${member}/(?:dist|coverage|jest[.](?:image[.]|infra[.])?config[.]mjs$)` },
    combinedDependencies: true,
    parser: 'swc',
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@ac/source', 'import', 'require', 'node', 'default'],
      extensions: ['.ts', '.mjs', '.js', '.json'],
    },
  },
}
