import { enableCompileCache } from 'node:module'
import { boundYoungGeneration } from './lifecycle/bound-young-generation.ts'

boundYoungGeneration(process)
// Before anything else is loaded: compiled code of the last start is a third of the way to the first answer.
enableCompileCache()
await import('reflect-metadata')
const { start } = await import('./composition/start.ts')
await start(process.env)
