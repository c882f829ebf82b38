/** One import that the house forbids: written into `file` as `source`, it must break `rule`. */
export interface ForbiddenImport {
  readonly edge: string
  readonly file: string
  readonly source: string
  readonly rule: string
}

const kernel = 'libs/domain/kernel/src'
const issuance = 'libs/domain/token-issuance/src'
const postgres = 'libs/adapters/postgres/src'
const app = 'apps/ac-service/src'

export const FORBIDDEN_IMPORTS: readonly ForbiddenImport[] = [
  {
    edge: 'the kernel to a node: module',
    file: `${kernel}/planted-node.ts`,
    source: "import 'node:crypto'",
    rule: 'kernel-imports-nothing',
  },
  {
    edge: 'the kernel to a package',
    file: `${kernel}/planted-package.ts`,
    source: "import 'jose'",
    rule: 'kernel-imports-nothing',
  },
  {
    edge: 'the kernel to a domain lib, be it for a type',
    file: `${kernel}/planted-type.ts`,
    source: "import type { T } from '@ac/token-issuance'\nexport type U = T",
    rule: 'kernel-imports-nothing',
  },
  {
    edge: 'a domain lib to another',
    file: `${issuance}/planted-domain.ts`,
    source: "import '@ac/client-validation'",
    rule: 'token-issuance-imports-kernel-only',
  },
  {
    edge: 'a domain lib to an adapter',
    file: `${issuance}/planted-adapter.ts`,
    source: "import '@ac/postgres'",
    rule: 'token-issuance-imports-kernel-only',
  },
  {
    edge: 'a domain lib to a package',
    file: `${issuance}/planted-package.ts`,
    source: "export const later = () => import('jose')",
    rule: 'token-issuance-imports-kernel-only',
  },
  {
    edge: 'the spec of a domain lib to a node: module',
    file: `${issuance}/planted.spec.ts`,
    source: "import 'node:crypto'",
    rule: 'token-issuance-imports-kernel-only',
  },
  {
    edge: 'an adapter to another',
    file: `${postgres}/planted-adapter.ts`,
    source: "import '@ac/crypto'",
    rule: 'adapters-never-meet',
  },
  {
    edge: 'the spec of an adapter to another adapter',
    file: `${postgres}/planted.spec.ts`,
    source: "import '@ac/crypto'",
    rule: 'adapters-never-meet',
  },
  {
    edge: 'an adapter to Nest',
    file: `${postgres}/planted-nest.ts`,
    source: "import '@nestjs/common'",
    rule: 'no-nest-in-libs',
  },
  {
    edge: "an adapter to another adapter's technology",
    file: `${postgres}/planted-technology.ts`,
    source: "import 'jose'",
    rule: 'postgres-imports-its-technology-only',
  },
  {
    edge: 'the production code of an adapter to embedded-postgres',
    file: `${postgres}/planted-embedded.ts`,
    source: "import '@ac/embedded-postgres'",
    rule: 'embedded-postgres-in-tests-and-tools-only',
  },
  {
    edge: 'an app outside composition/ to an adapter',
    file: `${app}/http/planted-adapter.ts`,
    source: "import '@ac/postgres'",
    rule: 'adapters-in-composition-only',
  },
  {
    edge: 'an app outside composition/ to its wiring',
    file: `${app}/http/planted-wiring.ts`,
    source: "import '../composition/compose.ts'",
    rule: 'tokens-of-composition-only',
  },
  {
    edge: 'production code to a testing folder of its own',
    file: `${issuance}/planted-testing.ts`,
    source: "import './testing/index.ts'",
    rule: 'testing-from-tests-only',
  },
  {
    edge: 'production code to the testing entry of another lib',
    file: `${postgres}/planted-testing.ts`,
    source: "import '@ac/token-issuance/testing'",
    rule: 'testing-from-tests-only',
  },
  {
    edge: 'production code to the test runner',
    file: `${app}/composition/planted-runner.ts`,
    source: "import '@jest/globals'",
    rule: 'test-runner-in-tests-only',
  },
  {
    edge: 'a deep import past the exports map',
    file: `${app}/composition/planted-deep.ts`,
    source: "import '@ac/postgres/src/rows.ts'",
    rule: 'resolvable',
  },
  {
    edge: 'a relative import out of its own package',
    file: `${app}/composition/planted-relative.ts`,
    source: "import '../../../../libs/adapters/postgres/src/rows.ts'",
    rule: 'through-the-package-name',
  },
  {
    edge: 'production code to a member that nobody declared',
    file: `${app}/composition/planted-vault.ts`,
    source: "import '@ac/vault'",
    rule: 'members-declared-in-apps/ac-service',
  },
  {
    edge: 'a lib that is not listed to anything',
    file: 'libs/adapters/vault/src/index.ts',
    source: "import 'node:https'",
    rule: 'listed-libs-only',
  },
  {
    edge: 'a lib that is not listed and imports nothing',
    file: 'libs/adapters/vault/src/lonely.ts',
    source: 'export const lonely = true',
    rule: 'listed-libs-only',
  },
  {
    edge: 'a lib to an app',
    file: `${postgres}/planted-app.ts`,
    source: "import '@ac/ac-service/package.json'",
    rule: 'nothing-imports-an-app',
  },
  {
    edge: 'anything to a package that nobody declared',
    file: `${app}/http/planted-undeclared.ts`,
    source: "import 'left-alone'",
    rule: 'packages-declared',
  },
  {
    edge: 'production code to a member declared for tests only',
    file: `${app}/composition/planted-crypto.ts`,
    source: "import '@ac/crypto'",
    rule: 'members-declared-in-apps/ac-service',
  },
  {
    edge: 'anything to what does not exist',
    file: `${app}/http/planted-missing.ts`,
    source: "import './missing.ts'",
    rule: 'resolvable',
  },
  {
    edge: 'a file to itself',
    file: `${app}/http/planted-cycle.ts`,
    source: "import './planted-cycle.ts'",
    rule: 'no-cycles',
  },
]
