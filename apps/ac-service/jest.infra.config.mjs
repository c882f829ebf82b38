import base from './jest.config.mjs'
import { suite } from '../../infra/jest/suite.mjs'

export default { ...base, ...suite('infra') }
