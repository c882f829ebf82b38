#!/usr/bin/env node
import { enableCompileCache } from 'node:module'
import { argv, env } from 'node:process'

// Before anything else is loaded: compiled code of the last run makes the next one start sooner.
enableCompileCache()
const { start } = await import('./composition/start.ts')
await start(argv.slice(2), env)
