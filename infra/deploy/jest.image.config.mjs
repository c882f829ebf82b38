import { suite } from '../jest/suite.mjs'

export default suite('image')
