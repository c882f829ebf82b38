import { makeSbom } from './make-sbom.ts'

process.stdout.write(makeSbom())
