import { fileURLToPath } from 'node:url'

/** One Jest preset for every project: native ES modules, sources instead of builds, swc instead of ts-jest. */
export default {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['@ac/source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  // Tests import describe, it and expect from @jest/globals: nothing is global by magic.
  injectGlobals: false,
  testMatch: ['<rootDir>/{src,test}/**/*.spec.ts'],
  // They need more than npm brings, and have configurations of their own (suite.mjs).
  testPathIgnorePatterns: ['/node_modules/', '[.](?:infra|image)[.]spec[.]ts$'],
  // A database starts or a process boots inside some tests; a hung one still ends.
  testTimeout: 30_000,
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        jsc: {
          target: 'es2024',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          keepClassNames: true,
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  reporters: ['default', fileURLToPath(new URL('./count-reporter.mjs', import.meta.url))],
}
