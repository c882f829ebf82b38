import type { Files } from './planted-tree.ts'

/** A member of the small workspace. Dependencies are names; all versions are alike. */
interface Member {
  readonly folder: string
  readonly name: string
  readonly dependencies: readonly string[]
  readonly devDependencies?: readonly string[]
  readonly files: Files
}

/** Members of the same layout as the real workspace, with every kind of import that the house allows. */
export const CLEAN_MEMBERS: readonly Member[] = [
  {
    folder: 'libs/domain/kernel',
    name: '@ac/kernel',
    dependencies: [],
    files: {
      'src/index.ts': "export { clock } from './clock.ts'",
      'src/clock.ts': 'export const clock = 1',
      'src/clock.spec.ts': "import '@jest/globals'\nimport 'fast-check'\nimport './clock.ts'",
      'src/testing/index.ts': "export { clock } from '../clock.ts'",
    },
  },
  {
    folder: 'libs/domain/client-validation',
    name: '@ac/client-validation',
    dependencies: ['@ac/kernel'],
    files: { 'src/index.ts': "export { clock } from '@ac/kernel'" },
  },
  {
    folder: 'libs/domain/token-issuance',
    name: '@ac/token-issuance',
    dependencies: ['@ac/kernel'],
    files: {
      'src/index.ts': "export { clock } from '@ac/kernel'",
      'src/testing/index.ts': "import '@jest/globals'\nexport { clock } from '@ac/kernel/testing'",
      'src/issuer.spec.ts': "import './testing/index.ts'\nimport './index.ts'",
    },
  },
  {
    folder: 'libs/adapters/crypto',
    name: '@ac/crypto',
    dependencies: ['jose'],
    files: { 'src/index.ts': "import 'jose'\nimport 'node:crypto'" },
  },
  {
    folder: 'libs/adapters/embedded-postgres',
    name: '@ac/embedded-postgres',
    dependencies: ['pg'],
    files: { 'src/index.ts': "import 'pg'\nimport 'node:child_process'" },
  },
  {
    folder: 'libs/adapters/postgres',
    name: '@ac/postgres',
    dependencies: ['@ac/kernel', '@ac/token-issuance', 'pg'],
    devDependencies: ['@ac/embedded-postgres'],
    files: {
      'src/index.ts': "export { rows } from './rows.ts'",
      'src/rows.ts': "import '@ac/token-issuance'\nimport 'pg'\nimport 'node:tls'\nexport const rows = 1",
      'src/rows.db.spec.ts': "import '@ac/embedded-postgres'\nimport '@ac/token-issuance/testing'\nimport './rows.ts'",
    },
  },
  {
    folder: 'apps/ac-service',
    name: '@ac/ac-service',
    dependencies: ['@ac/kernel', '@ac/postgres', '@ac/token-issuance', '@nestjs/common'],
    devDependencies: ['@ac/crypto', '@ac/embedded-postgres'],
    files: {
      'src/main.ts': "import './composition/compose.ts'\nimport './http/controller.ts'",
      'src/composition/compose.ts': "import '@ac/postgres'\nimport './tokens.ts'",
      'src/composition/tokens.ts': "import '@ac/kernel'",
      'src/http/controller.ts':
        "import '@nestjs/common'\nimport '@ac/token-issuance'\nimport '../composition/tokens.ts'",
      'test/start.e2e.spec.ts': "import '@ac/embedded-postgres'\nimport '@ac/token-issuance/testing'",
    },
  },
  {
    folder: 'infra/dev',
    name: '@ac/dev',
    dependencies: [],
    devDependencies: ['@ac/embedded-postgres'],
    files: { 'src/start.ts': "import '@ac/embedded-postgres'\nimport 'node:child_process'" },
  },
]

/** Packages from outside, as npm would have put them into node_modules. */
export const PACKAGES = ['@jest/globals', '@nestjs/common', 'fast-check', 'jose', 'left-alone', 'pg'] as const
