import process from 'node:process'

import { LINT } from './lint-stage.ts'
import { runSteps } from './run-steps.ts'

if (!(await runSteps([LINT]))) process.exitCode = 1
