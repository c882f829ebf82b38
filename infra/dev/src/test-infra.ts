import { nxStep } from './nx-step.ts'
import { runSuite } from './run-suite.ts'

await runSuite('test:infra', [[nxStep('build', 'build')], [nxStep('infra tests', 'test:infra')]])
