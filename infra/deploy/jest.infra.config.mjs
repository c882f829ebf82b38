import { suite } from '../jest/suite.mjs'

export default suite('infra')
