import { enableCompileCache } from 'node:module'
import { tuneRuntime } from './lifecycle/tune-runtime.ts'

tuneRuntime(process)
// Before anything else is loaded: compiled code of the last start is a third of the way to the first answer.
enableCompileCache()
await import('reflect-metadata')
const { start } = await import('./composition/start.ts')
await start(process.env)
