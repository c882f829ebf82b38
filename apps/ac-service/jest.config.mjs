import preset from '../../infra/jest/preset.mjs'

export default {
  ...preset,
  // What Nest's decorators write to, before any spec imports a class that bears one.
  setupFiles: ['reflect-metadata'],
  // These specs wait for processes more than they compute.
  maxWorkers: 2,
  globalSetup: '@ac/embedded-postgres/jest/global-setup',
  globalTeardown: '@ac/embedded-postgres/jest/global-teardown',
}
