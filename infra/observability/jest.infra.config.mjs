import { suite } from '../jest/suite.mjs'

export default {
  ...suite('infra'),
  // Each of these runs several servers.
  maxWorkers: 1,
  testTimeout: 60_000,
}
