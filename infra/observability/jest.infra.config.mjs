import preset from '../jest/preset.mjs'

export default {
  ...preset,
  testMatch: ['<rootDir>/{src,test}/**/*.infra.spec.ts'],
  // Each of these runs several servers.
  maxWorkers: 1,
  testTimeout: 60_000,
}
