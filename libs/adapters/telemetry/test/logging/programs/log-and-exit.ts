import { setTimeout } from 'node:timers/promises'
import { createLog } from '../../../src/index.ts'

/**
 * Writes as many lines as its first argument says and exits. With a second argument its standard output does not wait
 * for a reader, as when some library has touched `process.stdout`; then it tells its parent when it has tried to write.
 */
const [count, nonBlocking] = process.argv.slice(2)
if (nonBlocking) process.stdout.write('')
const { log } = createLog({ level: 'info', service: 'test', environment: 'test', region: 'local' })
for (let line = 1; line <= Number(count); line += 1) log.info('a line', { port: line, cause: 'x '.repeat(50) })
if (!nonBlocking) process.exit(0)
await setTimeout(20)
process.send?.('tried')
