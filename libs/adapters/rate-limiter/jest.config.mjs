import preset from '../../../infra/jest/preset.mjs'

export default {
  ...preset,
  globalSetup: '@ac/embedded-postgres/jest/global-setup',
  globalTeardown: '@ac/embedded-postgres/jest/global-teardown',
}
