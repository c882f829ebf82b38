export { createLog, type LogOptions, type ProcessLog } from './create-log.ts'
export { PinoLog } from './pino-log.ts'
