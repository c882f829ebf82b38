import { suite } from '../jest/suite.mjs'

export default {
  ...suite('image'),
  // Each of these runs a database and several containers.
  maxWorkers: 1,
  testTimeout: 60_000,
}
