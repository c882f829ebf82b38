import { nxStep } from './nx-step.ts'
import { runSuite } from './run-suite.ts'

await runSuite('test:image', [
  [{ name: 'image', command: ['infra/docker/build-image.sh', 'localhost/ac-service:test'] }],
  [nxStep('image tests', 'test:image')],
])
