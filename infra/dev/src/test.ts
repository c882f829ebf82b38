import { LINT } from './lint-stage.ts'
import { nxStep } from './nx-step.ts'
import { runSuite } from './run-suite.ts'

await runSuite('test', [LINT, [nxStep('types', 'typecheck')], [nxStep('build', 'build')], [nxStep('tests', 'test')]])
